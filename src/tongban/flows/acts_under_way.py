"""Acts of an applicant on their way to the zone that decides, and what must wait until they are there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tongban.flows.ports import Deps, Outgoing
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

CORRECT, WITHDRAW, ASK_FOR_PERSON = "correct", "withdraw", "ask-for-person"
STATE, REQUEST_HEARING, ANSWER_OFFICER = "state", "request-hearing", "answer-officer"
WAIVE_HEARING, CHALLENGE_CHAIR = "waive-hearing", "challenge-chair"
"""What the acts are called in a ``case.act`` message."""

HOLDS_BACK: Mapping[str, frozenset[str]] = {
    CORRECT: frozenset({CORRECT}),
    ASK_FOR_PERSON: frozenset({ASK_FOR_PERSON}),
    REQUEST_HEARING: frozenset({REQUEST_HEARING, WAIVE_HEARING}),
    WAIVE_HEARING: frozenset({REQUEST_HEARING, WAIVE_HEARING}),
    CHALLENGE_CHAIR: frozenset({CHALLENGE_CHAIR}),
    WITHDRAW: frozenset(
        {
            CORRECT,
            ASK_FOR_PERSON,
            STATE,
            REQUEST_HEARING,
            WITHDRAW,
            ANSWER_OFFICER,
            WAIVE_HEARING,
            CHALLENGE_CHAIR,
        }
    ),
}
"""By act on its way: the acts that would contradict it. After a correction one may still withdraw."""

ACT_WORDS: Mapping[str, Text] = {
    CORRECT: Text("补正", "the correction"),
    ASK_FOR_PERSON: Text("要求人工办理", "the request for a person"),
    WITHDRAW: Text("撤回申请", "the withdrawal"),
    STATE: Text("陈述和申辩", "the statement"),
    ANSWER_OFFICER: Text("给工作人员的回复", "the answer to the officer"),
    REQUEST_HEARING: Text("听证申请", "the request for a hearing"),
    WAIVE_HEARING: Text("放弃听证", "the word that no hearing is wanted"),
    CHALLENGE_CHAIR: Text("回避申请", "the request for another chair"),
}


def find_under_way(messages: Sequence[Outgoing], last_news_at: datetime) -> tuple[Outgoing, ...]:
    """Return the acts of which nobody knows yet what came of them.

    Args:
        messages: all of a case, oldest first.
        last_news_at: when the deciding zone last did something in the case, as far as is known here.
    """
    return tuple(
        m
        for m in messages
        if m.type == "case.act"
        and m.given_up_at is None
        and (m.delivered_at is None or m.queued_at > last_news_at)
    )


def held_back(under_way: Sequence[Outgoing]) -> frozenset[str]:
    """Return the acts that must wait."""
    return frozenset(act for one in under_way for act in HOLDS_BACK.get(one.act, ()))


def check_not_held_back(act: str, case_id: CaseId, deps: Deps) -> None:
    """Raise Refused when an act on its way would be contradicted by this one."""
    news_at = deps.cases.history(case_id)[-1].at
    for one in find_under_way(deps.exchange.outgoing(case_id), news_at):
        if act in HOLDS_BACK.get(one.act, ()):
            raise Refused(Problem("act.under-way", compose_words(one, deps), next_step=_WAIT))


def compose_words(one: Outgoing, deps: Deps) -> Text:
    """Return which act is under way, in a sentence that says why another has to wait."""
    name, zone = ACT_WORDS.get(one.act, Text(one.act, one.act)), deps.catalogue.zones[one.to_zone].short_name
    return Text(
        _UNDER_WAY.zh.format(act=name.zh, zone=zone.zh), _UNDER_WAY.en.format(act=name.en, zone=zone.en)
    )


_UNDER_WAY = Text(
    "“{act}”正在送往{zone}，结果到达以前不能再作与它矛盾的操作。",
    "On its way to {zone}: {act}. Until we know what came of it, nothing may be done that contradicts it.",
)
_WAIT = Text("通常几秒内就有结果，请刷新页面再看。", "That usually takes seconds; look at the page again.")

"""The identity block: who applies, who came, and what the clerk has checked on the originals."""

from collections.abc import Mapping
from datetime import date

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.case.events import ApplicantRef
from tongban.domain.catalogue.form import Form, Question, Section, parse_answers
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.mandate import ACTS
from tongban.flows.mandates import Scope
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.prefill import RawAnswer

_NAME_LENGTH = 120
_FORM_LAW, _AGENT_LAW = "all-2019#29.1", "all-2019#29.2"
_BY_AGENT = ("agent",)


def compose_identity_form(item: ServiceItem | Bundle) -> Form:
    """Return the questions about the applicant, for the kinds of applicant the item is for."""
    kind = _ask_kind(item)
    party = [] if kind is None else [kind]
    for of in item.objects:
        shown = None if kind is None else ("kind", (of,))
        party += _PARTY[of](shown)
    party.append(Question("mobile", "mobile", _MOBILE, "all-2019#31.1", _MOBILE_HELP))
    return Form(
        (
            Section("party", Text("申请人", "Applicant"), tuple(party)),
            Section("who", Text("来办理的人", "Who came"), _WHO),
            Section("checks", Text("当面核对", "Checked face to face"), (_CHECKS_QUESTION,)),
        )
    )


def parse_identity(
    item: ServiceItem | Bundle, raw: Mapping[str, RawAnswer]
) -> tuple[ApplicantRef | None, tuple[Problem, ...]]:
    """Return the applicant, or everything that is wrong at once.

    Source of law: all-2019#29.2 (an agent may apply), pipl-2021#17 (told beforehand).
    """
    answers = parse_answers(compose_identity_form(item), raw)
    values = answers.values
    problems = [*answers.problems, *_check_ticks(values)]
    if problems:
        return None, tuple(problems)
    kind = str(values.get("kind", item.objects[0]))
    return (
        ApplicantRef(
            kind=kind,
            id=str(values[f"{kind}_id"]),
            name=str(values[f"{kind}_name"]),
            mobile=str(values["mobile"]),
            agent_id=str(values.get("agent_id", "")),
            agent_name=str(values.get("agent_name", "")),
        ),
        (),
    )


def read_scope(raw: Mapping[str, RawAnswer], items: tuple[ItemId, ...]) -> Scope:
    """Return what the clerk saw on the authorisation: for these items, which acts, until when."""
    values = parse_answers(Form((Section("who", Text("来办理的人", "Who came"), _WHO),)), raw).values
    acts, until = values.get("agent_acts"), values.get("agent_until")
    listed = tuple(str(one) for one in acts) if isinstance(acts, list | tuple) else ()
    return Scope(items, listed, until if isinstance(until, date) else date.min)


def _check_ticks(values: Mapping[str, object]) -> list[Problem]:
    """Return a problem for every check that is not ticked; an agent's authorisation only where one came."""
    ticked = values.get("checks")
    if not isinstance(ticked, list):
        return []  # nothing ticked at all has its own problem
    wanted = ["identity", "complete", "consent"]
    if values.get("comes") == "agent":
        wanted.insert(1, "authorisation")
    return [
        Problem(
            "window.not-checked", _NOT_CHECKED.fill(zh=_CHECKS[one].zh, en=_CHECKS[one].en), "answers.checks"
        )
        for one in wanted
        if one not in ticked
    ]


def _ask_kind(item: ServiceItem | Bundle) -> Question | None:
    if len(item.objects) == 1:
        return None
    choices = {kind: _KINDS[kind] for kind in item.objects}
    return Question("kind", "choice", Text("谁申请", "Who applies"), _FORM_LAW, choices=choices)


def _ask_person(shown: tuple[str, tuple[object, ...]] | None) -> list[Question]:
    return [
        Question("person_name", "text", Text("姓名", "Name"), _FORM_LAW, max_length=_NAME_LENGTH,
                 shown_when=shown),
        Question("person_id", "citizen_number", Text("公民身份号码", "Citizen number"), _FORM_LAW,
                 Text("18 位，照身份证原件填写。", "18 characters, from the original identity card."),
                 shown_when=shown),
    ]  # fmt: skip


def _ask_firm(shown: tuple[str, tuple[object, ...]] | None) -> list[Question]:
    return [
        Question("firm_name", "text", Text("企业名称", "Firm's name"), _FORM_LAW, max_length=_NAME_LENGTH,
                 shown_when=shown),
        Question("firm_id", "uscc", Text("统一社会信用代码", "Unified social credit code"), _FORM_LAW,
                 Text("18 位，在营业执照右上角；电子营业执照亦可。",
                      "18 characters, at the top right of the business licence, paper or electronic."),
                 shown_when=shown),
    ]  # fmt: skip


_PARTY = {"person": _ask_person, "firm": _ask_firm}
_KINDS = {"person": Text("个人", "A person"), "firm": Text("企业", "A firm")}
_MOBILE = Text("联系手机", "Contact mobile")
_MOBILE_HELP = Text("只用于本次办理的通知。", "Used for notices about this case only.")
_WHO = (
    Question(
        "comes", "choice", Text("来的是谁", "Who is at the window"), _AGENT_LAW,
        choices={
            "self": Text("本人，或企业的法定代表人（负责人）", "The person, or the firm's representative"),
            "agent": Text("代理人（经办人）", "An agent"),
        },
    ),
    Question("agent_name", "text", Text("代理人姓名", "Agent's name"), _AGENT_LAW, max_length=_NAME_LENGTH,
             shown_when=("comes", _BY_AGENT)),
    Question("agent_id", "citizen_number", Text("代理人公民身份号码", "Agent's citizen number"), _AGENT_LAW,
             shown_when=("comes", _BY_AGENT)),
    Question("agent_acts", "choices", Text("授权书写明可以办的手续", "What the authorisation allows"),
             _AGENT_LAW, shown_when=("comes", _BY_AGENT), choices=ACTS),
    Question("agent_until", "date", Text("授权书写明的截止日期", "Last day of the authorisation"), _AGENT_LAW,
             shown_when=("comes", _BY_AGENT)),
)  # fmt: skip
_CHECKS = {
    "identity": Text(
        "身份：看过来人的身份证件原件，人证一致", "Identity: original document seen, and it is that person"
    ),
    "authorisation": Text(
        "授权（有代理人时）：看过授权委托书，包括本事项",
        "Authorisation, for an agent: seen, and it covers this item",
    ),
    "complete": Text(
        "材料：按清单逐项点过，免交的不收", "Papers: gone through by the list; nothing spared was asked for"
    ),
    "consent": Text(
        "告知同意：已说明向谁查询什么、为什么，来人已签服务同意书",
        "Told and agreed: who is asked for what and why; the service consent is signed",
    ),
}
_CHECKS_QUESTION = Question(
    "checks", "choices", Text("以下各项都已当面核对", "I have checked all of these face to face"),
    "state-council-office-2020-35#receive-and-forward", choices=_CHECKS,
)  # fmt: skip
_NOT_CHECKED = Text("还没有核对：{zh}", "Not checked yet: {en}")

"""Answer another zone that asks whether this zone's list of broken promises holds somebody: yes or no."""

from collections.abc import Mapping, Sequence

from tongban.domain.case.facts import BROKEN_PROMISES
from tongban.domain.evidence.exchange import may_answer
from tongban.flows.ask_promise_lists import ANSWER, is_listed_here, takes_promise
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId, LawKey
from tongban.kernel.text import Text


def answer_promise_question(
    asked: Mapping[str, str], items: Sequence[ItemId], deps: Deps
) -> tuple[str, dict[str, object]]:
    """Return the answer to a ``promise.question``; it says yes or no, and neither since when nor what for.

    Args:
        asked: case, subject, ground, token.
        items: for whose promises it is asked.

    Raises:
        Refused: ``message.no-ground``: the ground does not allow it, or an item takes no promise.

    Source of law: state-council-office-2020-42#broken-promise, pipl-2021#6.
    """
    kind = deps.catalogue.kinds[BROKEN_PROMISES]
    if not may_answer(kind, LawKey(asked["ground"])):
        raise Refused(Problem("message.no-ground", _NO_GROUND, "ground"))
    if not items or not all(takes_promise(one, deps) for one in items):
        raise Refused(Problem("message.no-ground", _NO_PURPOSE, "items"))
    is_listed = is_listed_here(asked["subject"], deps)
    return ANSWER, {"case": asked["case"], "token": asked["token"], "is_listed": is_listed}


_NO_GROUND = Text("消息没有写明有效的法律依据。", "The message names no ground in law.")
_NO_PURPOSE = Text(
    "只有办理收承诺的事项，才能查询失信承诺名单。",
    "The list may be asked only for an item that takes a promise.",
)

"""Ask the other zones whether a principal has authorised somebody there, so that it holds at this window."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongban.domain.inquiry import Inquiry
from tongban.domain.mandate import ACTS, SOURCE, Mandate
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

MANDATE_QUESTION, MANDATE_ANSWER = "mandate.question", "mandate.answer"
MANDATE_PARTS = ("case", "principal", "helper", "item", "ground", "token")
IN_ANOTHER_ZONE = "zone"
"""The key of ``domain.mandate.CONSENTS`` for what another zone has vouched for."""
_TOKEN_CHARACTERS = 16
_LOOKED_AT = 50
_NAME_CHARS = 200


def ask_mandate(principal_id: str, helper_id: str, item: ItemId, deps: Deps) -> CaseId:
    """Ask every other zone what a principal lets somebody do for an item; return the question's number.

    Causes: a signed ``mandate.question`` to each; what they answer is kept, and holds until the day ends.

    Raises:
        Refused: a number is missing, or the two are one.

    Source of law: all-2019#29.2; pipl-2021#6 (asked about two people and one item, and nothing more).
    """
    problems = []
    if not principal_id:
        problems.append(Problem("mandate.no-principal", _NO_PRINCIPAL, "principal", SOURCE))
    if not helper_id or helper_id == principal_id:
        problems.append(Problem("mandate.no-helper", _NO_HELPER, "helper", SOURCE))
    if problems:
        raise Refused(*problems)
    number = new_case_id(deps)
    with deps.unit():
        for zone in deps.catalogue.zones:
            if zone == deps.zone:
                continue
            token = deps.chance.token(_TOKEN_CHARACTERS)
            subject = _name_both(principal_id, helper_id)
            deps.inquiries.keep(Inquiry(number, zone, token, subject, (item,), deps.clock.now()))
            body = {
                "case": number, "principal": principal_id, "helper": helper_id, "item": item,
                "ground": SOURCE, "token": token,
            }  # fmt: skip
            deps.exchange.post(zone, MANDATE_QUESTION, body, number)
    return number


def answer_mandate(asked: Mapping[str, str], deps: Deps) -> tuple[str, dict[str, object]]:
    """Return the answer to a ``mandate.question``: what is covered today, and nothing of other items.

    Raises:
        Refused: it names another ground.

    Source of law: all-2019#29.2, pipl-2021#6.
    """
    if asked["ground"] != SOURCE:
        raise Refused(Problem("message.no-ground", _NO_GROUND, "ground"))
    today = civil_date(deps.clock.now())
    given = deps.hall.mandates.list_between(asked["principal"], asked["helper"], _LOOKED_AT)
    # What another zone vouched for is that zone's to answer.
    own = [one for one in given if one.consent != IN_ANOTHER_ZONE]
    acts = [
        act for act in ACTS if any(o.find_problem(ItemId(asked["item"]), act, today) is None for o in own)
    ]
    body: dict[str, object] = {"case": asked["case"], "token": asked["token"], "acts": acts}
    if acts:
        body |= {"principal_name": own[0].principal_name, "helper_name": own[0].helper_name}
    return MANDATE_ANSWER, body


def take_in_mandate(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> None:
    """Keep what another zone vouches for, if this zone asked; it holds until the day ends.

    A principal who takes the authorisation back at home is heard at the next question, at the latest
    tomorrow.

    Causes: an authorisation of today, for the item and the acts that were answered; and the answer, noted.
    Twice:  nothing; a question is answered once.

    Raises:
        KeyError, TypeError, ValueError: it cannot be read.
    """
    number, token = CaseId(_text(body["case"])), _text(body["token"])
    acts = tuple(_text(act) for act in body["acts"])
    if set(acts) - ACTS.keys():
        raise ValueError("no such act")
    names = tuple(_text(body[name]) for name in ("principal_name", "helper_name")) if acts else ("", "")
    with deps.unit():
        asked = next((one for one in deps.inquiries.list_of(number) if one.zone == from_zone), None)
        now = deps.clock.now()
        if asked is None or not deps.inquiries.note(number, from_zone, token, now, bool(acts)) or not acts:
            return
        principal_id, helper_id = asked.subject.split(" ")
        today: date = civil_date(now)
        deps.hall.mandates.keep(
            Mandate(
                token, principal_id, names[0], helper_id, names[1], asked.items, acts, today, today,
                IN_ANOTHER_ZONE, from_zone, now,
            )
        )  # fmt: skip


def _name_both(principal_id: str, helper_id: str) -> str:
    return f"{principal_id} {helper_id}"


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _NAME_CHARS or "\x00" in value:
        raise TypeError("no text, or too long")
    return value


_NO_PRINCIPAL = Text("请填写委托人的证件号码。", "Give the principal's number.")
_NO_HELPER = Text(
    "请填写来人的证件号码；不能是委托人本人。", "Give the number of who came; not the principal's."
)
_NO_GROUND = Text("消息没有写明有效的法律依据。", "The message names no ground in law.")

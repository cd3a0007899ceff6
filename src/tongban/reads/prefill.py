"""What a form need not ask: answers from the account's verified identity and the zone's own registers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.case.events import ApplicantRef
from tongban.domain.catalogue.form import Form, Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.money import write_yuan
from tongban.flows.ports import Deps
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

RawAnswer = str | list[str]
"""An answer as a form sends it: one text, or several for a question with several choices."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """An answer that nobody had to type, and where it comes from.

    Args:
        value: as the form would have sent it.
        on: the day or instant on which the source said so.
    """

    value: RawAnswer
    zone: Text
    register: Text
    on: date | datetime


def read_prefilled(item: ServiceItem, applicant: ApplicantRef, deps: Deps) -> dict[str, Prefilled]:
    """Return the prefilled answers by question id.

    A register is asked only about the applicant's own number: whoever types somebody else's number learns
    nothing from it here (pipl-2021#6).
    """
    account = {
        "applicant.id": applicant.id,
        "applicant.name": applicant.name,
        "applicant.mobile": applicant.mobile,
    }
    today = civil_date(deps.clock.now())
    prefilled: dict[str, Prefilled] = {}
    for question in item.form.questions:
        if own := account.get(question.prefill):
            prefilled[question.id] = Prefilled(own, _YOUR_ACCOUNT, _IDENTITY, today)
    subjects = {
        f"answers.{name}" for name, one in prefilled.items() if one.value == applicant.id
    } | {"applicant.id"}  # fmt: skip
    for question in item.form.questions:
        found = _read_register(question, item, applicant.id, subjects, deps)
        if found is not None:
            prefilled[question.id] = found
    return prefilled


def _read_register(
    question: Question, item: ServiceItem, own_number: str, subjects: set[str], deps: Deps
) -> Prefilled | None:
    """Return what the zone's own register of a kind says about the applicant, or None."""
    if not question.prefill.startswith("evidence."):
        return None
    _, kind_name, fact = question.prefill.split(".", 2)
    kind = EvidenceKindId(kind_name)
    if not any(need.kind == kind and need.subject in subjects for need in item.evidence):
        return None
    record = deps.registers.find(kind, own_number)
    value = raw_answers(item.form, {question.id: record.facts.get(fact)})[question.id] if record else ""
    if record is None or not value:
        return None
    zone = deps.catalogue.zones[deps.zone].short_name
    return Prefilled(value, zone, deps.catalogue.kinds[kind].register, record.as_of)


def raw_answer(value: object) -> RawAnswer:
    """Return a typed value as the form would have sent it; an empty text for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return [str(part) for part in value]
    return str(value)


def raw_answers(form: Form, values: Mapping[str, object]) -> dict[str, RawAnswer]:
    """Return typed answers as the form would have sent them, to show them in it again: money in yuan."""
    money = {question.id for question in form.questions if question.type == "money"}
    return {name: _raw_money(value) if name in money else raw_answer(value) for name, value in values.items()}


def _raw_money(value: object) -> RawAnswer:
    return write_yuan(value) if isinstance(value, int) else raw_answer(value)


_YOUR_ACCOUNT = Text("您的账号", "your account")
_IDENTITY = Text("实名信息", "verified identity")

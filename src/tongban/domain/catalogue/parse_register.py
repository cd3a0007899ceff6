"""Parse: what an item's grant enters into registers, and which number it allots."""

import re
from collections.abc import Mapping

from tongban.domain.catalogue.parse_limits import LIST_MAX
from tongban.domain.catalogue.register import Condition, CreditCodeSeries, Given, RegisterRule
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.identifiers.uscc import ALPHABET
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, Complaints
from tongban.kernel.ids import EvidenceKindId, LawKey

REGISTER_REQUIRED = ("kind", "subject", "writes", "facts", "undone", "source")
REGISTER_OPTIONAL = ("when", "lapsed")
WRITES = ("row", "facts")
RESTORED = "restored"
"""Written for ``undone``: the facts are again what the case found."""
_TWO = re.compile(f"[{ALPHABET}]{{2}}")


def read_register(
    raw: object, kinds: Mapping[EvidenceKindId, EvidenceKind], complaints: Complaints
) -> tuple[RegisterRule, ...]:
    """Return the ``register`` of a manifest; what is wrong with it goes to ``complaints``."""
    rules = (
        _read_rule(entry, f"register[{place}]", kinds, complaints)
        for place, entry in enumerate(complaints.read_list(raw, "register", LIST_MAX))
    )
    return tuple(rule for rule in rules if rule is not None)


def _read_rule(
    raw: object, here: str, kinds: Mapping[EvidenceKindId, EvidenceKind], complaints: Complaints
) -> RegisterRule | None:
    row = complaints.read_mapping(raw, here, REGISTER_REQUIRED, REGISTER_OPTIONAL)
    if row is None:
        return None
    kind = complaints.read_one_of(row.get("kind"), f"{here}.kind", tuple(kinds))
    subject = complaints.read_matching(row.get("subject"), f"{here}.subject", FACT_NAME, "applicant.id")
    writes = complaints.read_one_of(row.get("writes"), f"{here}.writes", WRITES)
    source = complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "all-2019#44")
    if kind is None or subject is None or writes is None or source is None:
        return None
    known = tuple(fact.name for fact in kinds[EvidenceKindId(kind)].facts)
    facts = complaints.read_mapping(row.get("facts"), f"{here}.facts", (), known) or {}
    restores = row.get("undone") == RESTORED
    return RegisterRule(
        kind=EvidenceKindId(kind),
        subject=subject,
        is_whole=writes == "row",
        facts={name: given for name, value in facts.items()
               if (given := _read_given(value, f"{here}.facts.{name}", complaints)) is not None},
        source=LawKey(source),
        undone={} if restores else _read_values(row.get("undone"), f"{here}.undone", known, complaints),
        restores=restores,
        lapsed=_read_values(row.get("lapsed", {}), f"{here}.lapsed", known, complaints),
        when=_read_condition(row.get("when"), f"{here}.when", complaints),
    )  # fmt: skip


def _read_given(raw: object, pointer: str, complaints: Complaints) -> Given | None:
    if not isinstance(raw, Mapping):
        return Given(value=_plain(raw))
    part = complaints.read_mapping(raw, pointer, ("fact",), ("when_known",)) or {}
    fact = complaints.read_matching(part.get("fact"), f"{pointer}.fact", FACT_NAME, "licence.number")
    when_known = complaints.read_yes_no(part.get("when_known", False), f"{pointer}.when_known")
    return None if fact is None else Given(fact, when_known=when_known is True)


def _read_values(
    raw: object, pointer: str, known: tuple[str, ...], complaints: Complaints
) -> dict[str, object]:
    part = complaints.read_mapping(raw, pointer, (), known) or {}
    return {str(name): _plain(value) for name, value in part.items()}


def _read_condition(raw: object, pointer: str, complaints: Complaints) -> Condition | None:
    part = None if raw is None else complaints.read_mapping(raw, pointer, ("fact", "is"))
    if part is None:
        return None
    fact = complaints.read_matching(part.get("fact"), f"{pointer}.fact", FACT_NAME, "answers.request")
    values = tuple(complaints.read_list(part.get("is", []), f"{pointer}.is", LIST_MAX))
    return None if fact is None else Condition(fact, values)


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def read_series(raw: object, complaints: Complaints) -> CreditCodeSeries | None:
    """Return the ``allots`` of a manifest: how the credit code of the firm that it brings about begins."""
    if raw is None:
        return None
    part = complaints.read_mapping(raw, "allots", ("registrar", "series", "source"))
    if part is None:
        return None
    registrar = complaints.read_matching(part.get("registrar"), "allots.registrar", _TWO, "92")
    series = complaints.read_matching(part.get("series"), "allots.series", _TWO, "YG")
    source = complaints.read_matching(
        part.get("source"), "allots.source", LAW_KEY, "gb-32100-2015#check-character"
    )
    if registrar is None or series is None or source is None:
        return None
    return CreditCodeSeries(registrar, series, LawKey(source))

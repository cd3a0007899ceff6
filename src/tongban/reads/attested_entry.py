"""The signed statement of a register's entry in words: what it is called, and what it says."""

from collections.abc import Iterator, Mapping
from datetime import date

from tongban.domain.bundle.attestation import FACT, find_attested_kind
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.rules.words import show_money
from tongban.flows.ports import Deps
from tongban.kernel.text import Text
from tongban.reads.case_words import value_words

_MONEY = "money_fen"


def find_entry_title(vct: str, deps: Deps) -> Text | None:
    """Return what the statement of a register's entry is called; None for another type of credential."""
    kind = _find_kind(vct, deps)
    return kind and Text(
        f"{kind.title.zh}（登记的签名证明）", f"{kind.title.en} (signed statement of the register)"
    )


def read_entry_claims(
    claims: Mapping[str, object], vct: str, deps: Deps
) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    """Yield what was shown of an entry: the subject's number, then the register's facts in its own order."""
    kind = _find_kind(vct, deps)
    if kind is None:
        return
    if "subject" in claims:
        yield _SUBJECT, value_words(claims["subject"], {})
    for fact in kind.facts:
        if f"{FACT}{fact.name}" in claims:
            yield fact.title, _words(claims[f"{FACT}{fact.name}"], fact.type, fact.choices)


def _words(value: object, kind: str, choices: Mapping[str, Text]) -> tuple[Text, ...]:
    if kind == _MONEY and isinstance(value, int):
        return (show_money(value),)
    return value_words(_as_day(value) if kind == "date" else value, choices)


def _as_day(value: object) -> object:
    """Return a date for a text that is one: a statement bears it without the mark that plain values have."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value


def _find_kind(vct: str, deps: Deps) -> EvidenceKind | None:
    named = find_attested_kind(vct)
    return deps.catalogue.kinds.get(named) if named else None


_SUBJECT = Text("证照号码", "Number")

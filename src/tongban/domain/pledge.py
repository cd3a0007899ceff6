"""Promises for proofs (告知承诺), papers that may follow (容缺受理): the text, and who signed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.clock.statute import DatedLimit
from tongban.kernel.errors import Problem
from tongban.kernel.ids import EvidenceKindId, LawKey
from tongban.kernel.text import Text


class PledgeKind(StrEnum):
    """What a promise stands for.

    ``COMMITMENT``: instead of a proof, which is then not asked for; checked after the decision
    (state-council-office-2020-42#no-proof). ``DEFERRED``: a secondary paper that follows after acceptance.
    """

    COMMITMENT = "commitment"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise that an item takes.

    Args:
        text: its paragraphs, as served and signed.
        consequence: what follows when it is broken; part of what is served.
        spares: kinds of evidence it stands for.
        due: commitment: within which time after the decision an officer checks; deferred: within which time
            after acceptance the paper follows. Oldest first.
        remind: deferred: how long it may still follow after the reminder. Oldest first.
    """

    id: str
    kind: PledgeKind
    version: int
    title: Text
    text: tuple[Text, ...]
    consequence: Text
    spares: tuple[EvidenceKindId, ...]
    due: tuple[DatedLimit, ...]
    remind: tuple[DatedLimit, ...]
    source: LawKey

    @property
    def text_hash(self) -> str:
        """Hex SHA-256 of the whole text in both languages, with its number and version."""
        paragraphs = [{"zh": each.zh, "en": each.en} for each in (*self.text, self.consequence)]
        return hex_digest(canonical({"id": self.id, "version": self.version, "text": paragraphs}))


@dataclass(frozen=True, slots=True)
class SignedPledge:
    """Who signed which text. The instant is that of the event which carries it.

    Args:
        signed_by: name as written under it.
        text_hash: hex SHA-256 of the text that was served.
    """

    pledge: str
    version: int
    text_hash: str
    signed_by: str


def is_valid(signed: SignedPledge, pledges: Iterable[Pledge]) -> bool:
    """Say whether a signature stands under a text that the item takes, word for word, and bears a name."""
    return bool(signed.signed_by.strip()) and any(
        (signed.pledge, signed.version, signed.text_hash) == (one.id, one.version, one.text_hash)
        for one in pledges
    )


def check_signatures(
    signed: Iterable[SignedPledge], pledges: Iterable[Pledge], under: str = "pledges"
) -> tuple[Problem, ...]:
    """Return what is wrong with signatures: a text that is not the one in force, or no name.

    Args:
        under: leads the pointer of each problem (``pledges.<id>``).
    """
    listed = tuple(pledges)
    return tuple(
        Problem(
            "pledge.not-this-text",
            _NOT_THIS_TEXT,
            f"{under}.{one.pledge}",
            "state-council-office-2020-42#told-in-writing",
            _SIGN_AGAIN,
        )
        for one in signed
        if not is_valid(one, listed)
    )


def signed_among(signed: Mapping[str, SignedPledge], pledges: Iterable[Pledge]) -> tuple[Pledge, ...]:
    """Return the item's promises that were validly signed, in the item's order."""
    listed = tuple(pledges)
    return tuple(one for one in listed if one.id in signed and is_valid(signed[one.id], listed))


_NOT_THIS_TEXT = Text(
    "签署的不是现行的承诺书文本，或者没有署名。",
    "What was signed is not the text in force, or bears no name.",
)
_SIGN_AGAIN = Text("请重新阅读承诺书并署名。", "Read the promise again and sign it.")

"""A bundle as its file declares it: situations, members and their order, shared fields, shared materials."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongban.domain.catalogue.form import Form
from tongban.domain.catalogue.item import GuideQuestion
from tongban.domain.clock.statute import TimeLimit
from tongban.kernel.ids import BundleId, ItemId, LawKey, ZoneId
from tongban.kernel.text import Text

LEAD = "lead"
"""Where a member is decided when its file names no other place: the zone that leads the bundle."""

FIRM = "firm"
"""The kind of applicant that a member may bring into being."""


@dataclass(frozen=True, slots=True)
class SituationTest:
    """A member is wanted only under these answers to one question of the situations."""

    question: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OtherMaterial:
    """A paper that an authority outside this alliance asks for; listed, never collected here."""

    name: Text
    source: LawKey


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A member that this alliance does not handle: who does, and what the applicant does there.

    Args:
        limit: how long that authority may take, or None when no source we hold says so.
    """

    authority: Text
    does: Text
    source: LawKey
    limit: TimeLimit | None = None
    materials: tuple[OtherMaterial, ...] = ()


RESULT_NUMBER = "result_number"
"""The claim by which a later member takes the number of an earlier licence; every licence has one."""


@dataclass(frozen=True, slots=True)
class Output:
    """A line of an earlier member's licence that answers a later member's question.

    Args:
        claim: the line's name, or ``RESULT_NUMBER`` for the number of the licence itself.
    """

    member: str
    claim: str


@dataclass(frozen=True, slots=True)
class ApplicantFrom:
    """The firm that an earlier member brings into being applies for this one.

    Args:
        id, name: claims of that member's licence with the firm's credit code and name.
    """

    member: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a bundle.

    Args:
        item: the item, or None when ``elsewhere`` says who handles it.
        needs: members whose results it rests on.
        when: all of these must hold for it to be wanted; none means always.
        zone: ``lead``, or ``situations.<question>`` whose answer names the deciding zone.
        takes: question id to the earlier result that answers it, so that nobody is asked.
        applicant: who applies when that member is wanted; otherwise whoever handed in the bundle.
        given: question id to the answer that the bundle itself settles, such as a newborn's age.
    """

    id: str
    title: Text
    item: ItemId | None = None
    elsewhere: Elsewhere | None = None
    needs: tuple[str, ...] = ()
    when: tuple[SituationTest, ...] = ()
    zone: str = LEAD
    takes: Mapping[str, Output] = field(default_factory=dict)
    applicant: ApplicantFrom | None = None
    given: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SharedField:
    """One question that stands for the same question of several members.

    Args:
        of: member and question; the first that is wanted lends its words.
        situation: question of the situations that has answered it already; empty for none.
    """

    id: str
    of: tuple[tuple[str, str], ...]
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One thing.

    Args:
        objects: who may ask for it: ``person``, ``firm``.
        zones: zones that may lead it.
        situations: the questionnaire that chooses members and materials.
        same_materials: English names that mean one paper; the first is the one shown.
        is_across: several zones decide members of one bundle.
    """

    id: BundleId
    version: int
    title: Text
    summary: Text
    words: tuple[str, ...]
    objects: tuple[str, ...]
    legal_basis: tuple[LawKey, ...]
    zones: tuple[ZoneId, ...]
    channels: tuple[str, ...]
    situations: Form
    members: tuple[Member, ...]
    shared: tuple[SharedField, ...] = ()
    same_materials: tuple[tuple[str, ...], ...] = ()
    questions: tuple[GuideQuestion, ...] = ()
    notes: tuple[Text, ...] = ()
    owner: str = ""

    def get_member(self, member_id: str) -> Member:
        """Return a member by id, or raise KeyError."""
        for member in self.members:
            if member.id == member_id:
                return member
        raise KeyError(member_id)

    @property
    def is_across(self) -> bool:
        """True when an answer, and not the leading zone alone, says who decides a member."""
        return any(member.zone != LEAD for member in self.members)

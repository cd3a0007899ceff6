"""A service item as a zone implements it: law, form, evidence, rules, limits and outcome in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.domain.catalogue.form import Form
from tongban.domain.catalogue.joint_parts import JointHandling
from tongban.domain.catalogue.parameter import Parameter
from tongban.domain.catalogue.parse_gate import GateFact
from tongban.domain.catalogue.register import CreditCodeSeries, RegisterRule
from tongban.domain.catalogue.succession import Succession
from tongban.domain.clock.statute import DatedLimit, TimeLimit, get_in_force
from tongban.domain.credential.template import CredentialTemplate
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.pledge import Pledge
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.table import RuleTable
from tongban.kernel.ids import EvidenceKindId, ItemId, LawKey, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message that the law wants sent to another zone once the case is concluded.

    Args:
        zone: dotted fact that names the zone to be told.
        notice: stable name of the notice, e.g. ``nurse-registration-moved``.
        facts: dotted facts that are told, and no others.
        concerns: evidence kind whose entry, in the register of the zone that is told, is concerned; or empty.
        marks: facts of that entry and their values once a person there has taken note.
    """

    notice: str
    zone: str
    facts: tuple[str, ...]
    says: Text
    source: LawKey
    concerns: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that the published guide lists, and how the applicant is spared it.

    Args:
        exempt_through: evidence kind that replaces it; empty when it must be handed in.
    """

    name: Text
    exempt_through: str
    source: LawKey


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question people ask about the item, with its answer."""

    asks: Text
    answers: Text


@dataclass(frozen=True, slots=True)
class WorkingDayFact:
    """A fact that counts working days between two dates; rules cannot, since they know no calendar.

    Args:
        fact: its dotted name, ``case.…``.
        since, until: dotted facts with the two dates; the day of ``since`` is not counted.
    """

    fact: str
    since: str
    until: str
    says: Text


@dataclass(frozen=True, slots=True)
class Separation:
    """In which of the four ways a permit is separated from the business licence (证照分离).

    Args:
        mode: ``cancelled``, ``filing``, ``commitment`` or ``optimised``.
        says: what that means here, in plain words.
        source: the text that puts the permit there.
        instead: items that a person may have been looking for, where approval was cancelled.
        permit: the kind of evidence that was the permit; nobody may ask for it any more.
        drops: papers no longer asked for, where approval was made lighter.
        validity_was_months: how long the permit held before; None when that did not change.
    """

    mode: str
    says: Text
    source: LawKey
    instead: tuple[ItemId, ...] = ()
    permit: str = ""
    drops: tuple[Text, ...] = ()
    validity_was_months: int | None = None


@dataclass(frozen=True, slots=True)
class OpenWait:
    """Others may object before it is decided.

    Args:
        lasts: dated limits, oldest first; counted from the day it is opened.
        told: who is told, in words.
    """

    lasts: tuple[DatedLimit, ...]
    told: Text
    source: LawKey


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A benefit that goes on as long as life is confirmed from time to time.

    Args:
        every: how long after the last confirmation the next is due; answer: how long it may take after the
            reminder before the payment pauses. Dated, oldest first.
        kind, fact: the register that is looked at first, and its yes-or-no fact.
        subject: dotted fact by which the register is searched.
        name: what each check is called; None for a check of life.
    """

    every: tuple[DatedLimit, ...]
    answer: tuple[DatedLimit, ...]
    kind: EvidenceKindId
    fact: str
    subject: str
    says: Text
    source: LawKey
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class PowerElsewhere:
    """The power to decide lies with another authority; the zone takes in and hands over.

    Args:
        authority: id of a file in ``content/authorities``.
    """

    authority: str
    why: Text
    source: LawKey


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One item as implemented in one zone.

    Args:
        words: search words beside the title, in both languages.
        objects: who may apply: ``person``, ``firm``.
        codes: item codes by name (``basic`` 12, ``implementing`` 31, ``handling`` 33); synthetic ones say so.
        zones: zones in which it is offered.
        statutory, promised: dated time limits, oldest first.
        service_class: ``approval``, ``registration``, ``filing``, ``benefit``, ``service`` or ``query``;
            queries never count as handling.
        rules_hash: hex SHA-256 of the canonical rule table.
        visit_reason: why the applicant has to come, None when nobody has to.
        fee_source: article that lays the fee down, empty when nothing is to be paid.
        gate: what the pack states for the automation gate (``domain.guard.gate``).
        register: what a grant enters into the deciding zone's registers.
        precheck_working_days: within how many the zone promises to look at a draft before it is handed in;
            0 where none is looked at.
        allots: the credit code that a grant gives to the firm it brings about.
    """

    id: ItemId
    version: int
    zone: ZoneId
    title: Text
    summary: Text
    words: tuple[str, ...]
    regime: str
    service_class: str
    item_type: str
    objects: tuple[str, ...]
    codes: Mapping[str, str]
    codes_are_synthetic: bool
    legal_basis: tuple[LawKey, ...]
    zones: tuple[ZoneId, ...]
    channels: tuple[str, ...]
    modes: tuple[str, ...]
    statutory: tuple[DatedLimit, ...]
    promised: tuple[DatedLimit, ...]
    form: Form
    evidence: tuple[Requirement, ...]
    materials: tuple[Material, ...]
    rules: RuleTable
    rules_hash: str
    credential: CredentialTemplate
    announcements: tuple[Announcement, ...] = ()
    working_day_facts: tuple[WorkingDayFact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    visits: int = 0
    fee_fen: int = 0
    visit_reason: Text | None = None
    fee_source: str = ""
    questions: tuple[GuideQuestion, ...] = ()
    notes: tuple[Text, ...] = ()
    labels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    owner: str = ""
    gate: Mapping[str, GateFact] = field(default_factory=dict)
    separation: Separation | None = None
    pledges: tuple[Pledge, ...] = ()
    wait: OpenWait | None = None
    recurs: Recurrence | None = None
    elsewhere: PowerElsewhere | None = None
    joint: JointHandling | None = None
    register: tuple[RegisterRule, ...] = ()
    allots: CreditCodeSeries | None = None
    succeeds: tuple[Succession, ...] = ()
    precheck_working_days: int = 0

    @property
    def is_cancelled(self) -> bool:
        """True for a permit that is no longer asked for: there is nothing to apply for."""
        return self.separation is not None and self.separation.mode == "cancelled"

    def is_money(self, fact: str) -> bool:
        """Tell whether a fact is an amount in fen."""
        return fact in self.rules.types and self.rules.types[fact].kind is Kind.MONEY_FEN

    def get_statutory_limit(self, on: date) -> TimeLimit:
        """Return the statutory limit in force on a day; raises LookupError when none is."""
        return get_in_force(self.statutory, on)

    def find_promised_limit(self, on: date) -> TimeLimit | None:
        """Return the zone's own shorter promise on a day, or None when it makes none."""
        return get_in_force(self.promised, on) if self.promised and self.promised[0].since <= on else None

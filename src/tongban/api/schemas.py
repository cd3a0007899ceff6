"""What the public API says and takes, as types; the OpenAPI document is generated from them."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool, StrictInt, StrictStr

MAX_ANSWERS = 200
MAX_ANSWER_CHARS = 10_000
MAX_CHOICES = 100
MAX_REASON_CHARS = 500

AnswerText = Annotated[StrictStr, Field(max_length=MAX_ANSWER_CHARS)]
Answer = (
    AnswerText | StrictBool | StrictInt | Annotated[list[AnswerText], Field(max_length=MAX_CHOICES)] | None
)
Answers = Annotated[
    dict[Annotated[str, Field(max_length=80)], Answer],
    Field(
        max_length=MAX_ANSWERS, description="Question id to answer: text, true or false, a number, a list."
    ),
]


class TextOut(Schema):
    """A sentence in Chinese and in English."""

    zh: str
    en: str


class ProblemOut(Schema):
    """One thing that is wrong: where, what and why, by which article, and what to do next."""

    code: str = Field(description="Stable and dotted, e.g. `answer.missing`.")
    pointer: str = Field(description="Where, e.g. `answers.scope`; empty when nowhere in particular.")
    zh: str
    en: str
    source: str = Field(description="Key of the article behind it, or empty.")
    next_step: TextOut | None


class ProblemDetails(Schema):
    """Every error of this API (RFC 9457), all problems at once."""

    type: str
    title: str
    status: int
    correlation_id: str = Field(description="Quote it when you ask for help.")
    problems: list[ProblemOut] = []


class ZoneOut(Schema):
    """A zone of the alliance and the authority that decides in it."""

    id: str
    name: TextOut
    divisions: list[str]
    authority: TextOut
    authority_code: str
    is_fictional: bool


class ZoneList(Schema):
    """Every zone; `here` is the one that answers."""

    here: str
    zones: list[ZoneOut]


class LawOut(Schema):
    """An article that is cited."""

    key: str
    title: TextOut
    gloss: TextOut


class LimitOut(Schema):
    """A time limit with the article that sets or allows it."""

    amount: int
    unit: Literal["working_day", "calendar_day", "month", "hour", "minute"]
    words: TextOut
    source: str


class ItemSummary(Schema):
    """A service item as one zone implements it."""

    id: str
    zone: str
    version: int
    title: TextOut
    summary: TextOut
    service_class: str
    regime: str
    objects: list[str] = Field(description="Who may apply: `person`, `firm`.")
    channels: list[str]
    statutory: LimitOut | None
    promised: LimitOut | None
    visits: int
    fee_fen: int


class ItemList(Schema):
    """Items in order of id; `next` is what to send as `after` for the next page, or null."""

    zone: str
    items: list[ItemSummary]
    next: str | None


class ChoiceOut(Schema):
    """An allowed answer."""

    value: str
    label: TextOut


class ConditionOut(Schema):
    """The question is only asked when another one has one of these answers."""

    question: str
    values: list[str | bool | int]


class QuestionOut(Schema):
    """A question of the form, and the article on which it is asked."""

    id: str
    type: str
    label: TextOut
    help: TextOut | None
    ground: LawOut
    is_required: bool
    max_length: int | None
    at_least: int | None
    at_most: int | None
    choices: list[ChoiceOut]
    shown_when: ConditionOut | None
    evidence_kind: str


class SectionOut(Schema):
    """Questions that belong together."""

    id: str
    title: TextOut
    questions: list[QuestionOut]


class MaterialOut(Schema):
    """A paper of the published guide; `exempt_through` names what is looked up instead of it."""

    name: TextOut
    exempt_through: str
    source: LawOut


class EvidenceOut(Schema):
    """What is looked up in a register, so that nobody has to hand it in."""

    kind: str
    title: TextOut
    proves: TextOut
    subject: str
    holder: str
    source: LawOut
    ground: LawOut


class CriterionOut(Schema):
    """A condition for the grant, and the article that asks it."""

    id: str
    fact: str
    says: TextOut
    source: LawOut


class GateRowOut(Schema):
    """One criterion of the automation gate, how it came out, and what in the item decides it."""

    id: str
    holds: bool
    says: TextOut
    because: TextOut
    grounds: list[str]


class GuideQuestionOut(Schema):
    """A question people ask, with its answer."""

    asks: TextOut
    answers: TextOut


class ItemDetail(ItemSummary):
    """Everything the guide page of an item says."""

    codes: dict[str, str]
    codes_are_synthetic: bool
    legal_basis: list[LawOut]
    materials: list[MaterialOut]
    evidence: list[EvidenceOut]
    form: list[SectionOut]
    criteria: list[CriterionOut]
    may_be_granted_by_rules: bool
    is_automatable: bool
    automation_gate: list[GateRowOut]
    rules_hash: str
    questions: list[GuideQuestionOut]
    notes: list[TextOut]


class SignedIn(Schema):
    """One promise, signed: which text, by whom."""

    model_config = ConfigDict(extra="forbid")

    member: str = Field("", max_length=80)
    promise: str = Field(max_length=80)
    version: int = Field(ge=0, le=2_147_483_647)
    text_hash: str = Field(max_length=64)
    signed_by: str = Field(max_length=60)


class SignedPromisesIn(Schema):
    """Promises signed with an application, under the number for which every zone was asked."""

    model_config = ConfigDict(extra="forbid")

    number: str = Field(max_length=48)
    signed: list[SignedIn] = Field(min_length=1, max_length=60)


class ReceiveIn(Schema):
    """How a paper copy is wished to be received, beside the electronic licence."""

    model_config = ConfigDict(extra="forbid")

    way: Literal["pick-up", "post"]
    zone: str = Field("", max_length=40, description="At whose window it is fetched.")
    address: str = Field("", max_length=200, description="To which it is posted.")


class ApplicationIn(Schema):
    """An application; who applies is the account behind the token."""

    model_config = ConfigDict(extra="forbid")

    item_id: str = Field(max_length=80, examples=["travel-agency-branch-filing"])
    zone: str = Field(max_length=40, description="The zone that decides.", examples=["changzhou"])
    answers: Answers
    decide: Literal["now", "later"] = Field(
        "now",
        description="`now`: the answer tells the outcome when the machine can reach one at once. "
        "`later`: the answer is the receipt; the case is taken up within seconds.",
    )
    promises: SignedPromisesIn | None = Field(
        None, description="Signed promises; the case bears their number, in place of a key's."
    )
    receive: ReceiveIn | None = Field(None, description="A wish for a paper copy; none when left out.")


class CorrectionIn(Schema):
    """The answers that are corrected; the others stay."""

    model_config = ConfigDict(extra="forbid")

    answers: Answers


class WithdrawalIn(Schema):
    """Why an application is taken back; may stay empty."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=MAX_REASON_CHARS)


class Receipt(Schema):
    """Where a case stands. Receipt is not acceptance: `stage` says how far it is."""

    case_id: str
    item_id: str
    zone: str
    receiving_zone: str
    stage: str
    waits_for: Literal["", "machine", "person", "applicant", "zone"]
    received_at: datetime
    licence_number: str | None


class PendingOut(Schema):
    """A register that is being asked, where it lies, and since when."""

    kind: str
    title: TextOut
    zone: str
    asked_at: datetime


class DueOut(Schema):
    """What has to come by when, and by which limit; `note` says why no day is known yet."""

    what: TextOut
    on: date | None
    at: datetime | None
    limit: TextOut
    source: str
    note: TextOut | None


class StepOut(Schema):
    """One step of the case: what, when, who, for which authority, under which article, and what next."""

    name: str
    title: TextOut
    at: datetime
    who: TextOut
    authority: TextOut
    source: str
    details: list[TextOut]
    due: DueOut | None


class FindingOut(Schema):
    """What became of one criterion, in words; `unknown` is not `unmet`."""

    criterion: str
    mark: Literal["met", "unmet", "unknown", "not_applicable"]
    asks: TextOut
    says: TextOut
    source: str


class CaseOut(Receipt):
    """A case of one's own, with its whole history."""

    title: TextOut
    channel: str
    accepted_on: date | None
    decided_on: date | None
    is_granted: bool | None
    needs_person: bool
    pending: list[PendingOut]
    correction: list[ProblemOut]
    findings: list[FindingOut] = Field(description="The rule table as it was read; empty before that.")
    steps: list[StepOut]
    credential: str | None = Field(description="The credential as SD-JWT VC (RFC 9901), once it is issued.")
    document_digest: str | None = Field(description="Hex SHA-256 of the sealed document, once it is made.")


class TokenIn(Schema):
    """A credential to be checked, whole or with some of its claims disclosed."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=64_000)


class CheckStep(Schema):
    """One step of a check: what was asked, what was found."""

    asks: TextOut
    found: Literal["proved", "failed", "waiting", "unknown"]
    says: TextOut


class VerdictOut(Schema):
    """The result of a check. `good`: all steps proved; `bad`: one failed; `unsure`: one could not be done."""

    outcome: Literal["good", "bad", "unsure"]
    licence_number: str
    zone: str | None
    state: str | None = Field(description="State code on the day of the check, `01` is valid.")
    steps: list[CheckStep]
    claims: dict[str, str | int | bool | list[str | int] | None] = Field(
        description="What was disclosed; empty for a check by number."
    )


class LicenceRecord(Schema):
    """What the issuing zone says publicly about a licence: enough to check it, nothing about its holder."""

    licence_number: str
    zone: str
    state: str
    signed_part: str = Field(description="The issuer-signed JWT, without disclosures.")
    leaf: str = Field(description="Canonical JSON of the ledger leaf; empty while it waits for its place.")
    leaf_index: int | None
    proof: list[str] = Field(description="Hashes of the inclusion proof in hexadecimal (RFC 6962 2.1.1).")
    checkpoint: str = Field(description="The signed note (C2SP tlog-checkpoint); empty while there is none.")
    document_digest: str

"""What the public API says of bundles, and takes in for them."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from tongban.api.schemas import MAX_REASON_CHARS, Answers, ProblemOut, ReceiveIn, SignedPromisesIn, TextOut


class BundleSummary(Schema):
    """A bundle in the list."""

    bundle_id: str
    title: TextOut
    summary: TextOut
    objects: list[str]
    zones: list[str] = Field(description="Zones that may lead it.")
    members: list[str]


class BundleList(Schema):
    """Every bundle."""

    bundles: list[BundleSummary]


class PlanIn(Schema):
    """A situation."""

    model_config = ConfigDict(extra="forbid")

    situation: Answers


class MemberOut(Schema):
    """A member that a situation calls for; ``elsewhere`` names who handles what this alliance does not."""

    id: str
    title: TextOut
    item_id: str | None
    zone: str | None
    elsewhere: TextOut | None
    ends_on: date | None = Field(
        description="At the latest; null when no source states a time, or it lies past the calendar."
    )
    is_on_longest_way: bool


class FieldOut(Schema):
    """A field of the one form, and the members whose questions it answers."""

    id: str
    type: str
    label: TextOut
    is_required: bool
    choices: list[str]
    asked_by: list[str]


class MaterialOfBundle(Schema):
    """A paper, listed once."""

    name: TextOut
    members: list[str]
    is_spared: bool


class PlanOut(Schema):
    """What a situation calls for."""

    members: list[MemberOut]
    left_out: list[str]
    fee_fen: int = Field(description="What the members handled here cost together, in fen.")
    fee_sources: list[str] = Field(description="Articles that lay fees down, or by which nothing is charged.")
    form: list[FieldOut]
    materials: list[MaterialOfBundle]
    ends_on: date | None


class BundleApplicationIn(Schema):
    """A bundle handed in; the zone of this node leads."""

    model_config = ConfigDict(extra="forbid")

    bundle_id: str = Field(max_length=80)
    situation: Answers
    answers: Answers = Field(default_factory=dict)
    promises: SignedPromisesIn | None = Field(
        None, description="Signed promises; the receipt bears the number for which the zones were asked."
    )
    receive: ReceiveIn | None = Field(None, description="A wish for paper copies, of all members alike.")


class MembersIn(Schema):
    """Members of a receipt; none means all."""

    model_config = ConfigDict(extra="forbid")

    members: list[Annotated[str, Field(max_length=80)]] = Field(default_factory=list, max_length=30)
    reason: str = Field("", max_length=MAX_REASON_CHARS)


class StandingOut(Schema):
    """Where a member stands."""

    id: str
    title: TextOut
    standing: str
    case_id: str | None
    zone: str | None
    elsewhere: TextOut | None
    stopped_by: list[TextOut]
    problems: list[ProblemOut]
    ends_on: date | None


class BundleReceiptOut(Schema):
    """One receipt, many case numbers."""

    number: str
    bundle_id: str
    title: TextOut
    state: str = Field(description="`done`, `partly`, `failed`, `yours` or `runs`.")
    opened_at: datetime
    ends_on: date | None
    fee_fen: int = Field(description="What the members handled here cost together, in fen.")
    fee_sources: list[str] = Field(description="Articles that lay fees down, or by which nothing is charged.")
    members: list[StandingOut]

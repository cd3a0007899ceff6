"""What the public API says of promises (告知承诺, 容缺受理), before any is signed."""

from ninja import Schema
from pydantic import ConfigDict, Field

from tongban.api.schemas import Answers, TextOut


class PromisesIn(Schema):
    """For what promises are wanted: an item and the zone that decides it, or a bundle and its situation."""

    model_config = ConfigDict(extra="forbid")

    item_id: str = Field("", max_length=80)
    zone: str = Field("", max_length=40, description="With an item: the zone that decides.")
    bundle_id: str = Field("", max_length=80)
    situation: Answers = Field(default_factory=dict)
    number: str = Field(
        "",
        max_length=48,
        description="Given by the first answer; with it, look again.",
    )


class PromiseOut(Schema):
    """A promise as it is served; what is signed is this text, by its hash."""

    member: str = Field(description="The member of a bundle that takes it; empty for an item alone.")
    promise: str
    kind: str = Field(description="`commitment` or `deferred`.")
    version: int
    title: TextOut
    text: list[TextOut]
    consequence: TextOut
    text_hash: str
    source: str


class PromisesOut(Schema):
    """What may be signed now, and why not when nothing may."""

    number: str = Field(description="The case or receipt will bear it; hand in under it.")
    state: str = Field(
        description="`offered`; `waiting`: a zone has not answered, look again or hand in without; "
        "`listed`: a zone's list of broken promises holds the applicant; `none`: no promise is taken."
    )
    waiting_for: list[TextOut]
    listed_in: list[TextOut]
    promises: list[PromiseOut]

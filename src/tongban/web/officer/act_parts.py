"""What an act of an officer is made of, and the sentences that several share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

Carry = Callable[[CaseId, Text, Actor, Deps], Case]
"""Carries an act out; an act that asks for no reasons is given an empty Text."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Args:
        slug: as it stands in the address.
        command: as the regime's arrows call it.
        help: one sentence beside the button.
        asks_reasons: whether it is nothing without reasons.
        is_harmful: whether somebody is worse off by it.
        tells_remedies: whether review and suit must be told (all-2019#38.2).
        consequences: what follows, for the page that asks before.
    """

    slug: str
    command: str
    title: Text
    help: Text
    confirm: Text
    done: Text
    asks_reasons: bool
    is_harmful: bool
    tells_remedies: bool
    consequences: tuple[Text, ...]
    carry: Carry


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: by role, login and name."""
    account = request.user
    return Actor(account.role, account.username, account.display_name)


def no_carry(case_id: CaseId, _reasons: Text, _actor: Actor, _deps: Deps) -> Case:
    """Stand in for an act that has a page of its own."""
    raise AssertionError(f"{case_id}: a correction has its own page")


TOLD = Text("申请人在办件页面立即看到，包括您写的理由。", "The applicant sees it at once, with your reasons.")
LOGGED = Text(
    "操作以您的姓名记入办件记录，不能删改。",
    "It is recorded under your name and cannot be changed or deleted.",
)

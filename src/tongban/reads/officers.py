"""Who works here: the accounts that may chair a hearing or sign."""

from tongban.domain.case.events import Actor
from tongban.store.models import Account

MOST = 300
"""More than the officers of one zone; a list of choices is not longer."""


def list_officers() -> tuple[Actor, ...]:
    """Return the zone's officers and heads by name, with one question."""
    accounts = Account.objects.filter(role__in=("officer", "head"), is_active=True)
    rows = accounts.order_by("display_name", "username").values_list("role", "username", "display_name")
    return tuple(Actor(role, username, name) for role, username, name in rows[:MOST])

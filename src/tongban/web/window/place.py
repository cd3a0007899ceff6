"""At which window this clerk sits, and whose number is being served there: kept apart from the client's data.

Whatever ends a ticket ends the client: everything of them is forgotten in the same step.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from tongban.web.window.client import forget_client

_KEY = "window-place"


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """A clerk's window.

    Args:
        window: empty before one was chosen.
        ticket: label of the number being served; empty when nobody is.
    """

    window: str = ""
    ticket: str = ""


def read_window_place(session: Mapping[str, Any]) -> WindowPlace:
    """Return the clerk's window."""
    plain = session.get(_KEY) or {}
    return WindowPlace(plain.get("window", ""), plain.get("ticket", ""))


def sit_down(session: MutableMapping[str, Any], window: str) -> None:
    """Keep which window it is; nothing of a client comes along."""
    forget_client(session)
    session[_KEY] = {"window": window, "ticket": ""}


def begin_with(session: MutableMapping[str, Any], ticket: str) -> None:
    """Begin with a client who was called; an empty label for nobody. The last one's data is gone."""
    forget_client(session)
    session[_KEY] = {"window": read_window_place(session).window, "ticket": ticket}

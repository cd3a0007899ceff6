"""Something raised as plain values and back, for the table and for the message to the zone that answers."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.voice.voice import About, Asker, Voice, VoiceStep


def voice_from_plain(plain: Mapping[str, Any]) -> Voice:
    """Return it from its fields, dates and instants read back; fields added later have their defaults.

    Raises:
        TypeError, KeyError, AttributeError: it is none.
    """
    about, asker = About(**plain["about"]), Asker(**plain["asker"])
    steps = tuple(VoiceStep(**step) for step in plain["steps"])
    rest = {name: value for name, value in plain.items() if name not in ("about", "asker", "steps", "barred")}
    return Voice(about=about, asker=asker, steps=steps, barred=tuple(plain.get("barred", ())), **rest)

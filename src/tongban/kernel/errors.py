"""The two ways in which something does not happen: the rules say no, or a machine failed."""

from dataclasses import dataclass

from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, told so that the reader can mend it.

    Args:
        code: dotted and stable, e.g. ``evidence.missing``; machines read it.
        text: what is wrong and why, in both languages.
        pointer: where, e.g. ``answers.scope`` or ``form.yaml:12``; empty when it is nowhere in particular.
        source: the article behind it (a law key), or empty when no law asks for it.
        next_step: what to do about it; None when the text already says so.
    """

    code: str
    text: Text
    pointer: str = ""
    source: str = ""
    next_step: Text | None = None


class Refused(Exception):
    """The rules say no; carries every problem at once (all-2019#32.4: tell once, tell all)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.pointer or '-'}: {p.code}" for p in problems))
        self.problems = problems


class Fault(Exception):
    """We or a peer failed; nothing was half done and trying again is safe.

    Args:
        code: dotted and stable, e.g. ``peer.away``.
        text: what failed, in both languages.
    """

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(f"{code}: {text.en}")
        self.code = code
        self.text = text


class Conflict(Exception):
    """Somebody else wrote to the same case first; read it again and decide again."""


class NotFound(Exception):
    """There is no such thing here; whether it exists elsewhere is not said."""

"""Promises on a page: the text that is served, and what was signed under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongban.domain.pledge import Pledge, SignedPledge
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

MAX_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class ServedPledge:
    """A promise as it stands on the page.

    Args:
        limit: within which time it is checked, or the paper follows.
        is_ticked, name: what was sent for it so far.
        anchor: where the summary of problems leads.
    """

    pledge: Pledge
    limit: Text
    is_ticked: bool
    name: str
    anchor: str
    problems: tuple[Problem, ...]

    @property
    def short_hash(self) -> str:
        """The beginning of the text's hash."""
        return self.pledge.text_hash[:16]


def compose_pledges(
    pledges: Sequence[Pledge], post: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> list[ServedPledge]:
    """Return the promises for the page, with what was ticked and written, and what is wrong with it."""
    return [
        ServedPledge(
            pledge,
            pledge.due[-1].limit.in_words,
            post.get(f"pledge-{pledge.id}") == "yes",
            str(post.get(f"pledge-name-{pledge.id}", ""))[:MAX_NAME_CHARACTERS],
            f"field-pledge-{pledge.id}",
            tuple(one for one in problems if one.pointer == f"pledge-{pledge.id}"),
        )
        for pledge in pledges
    ]


def read_signed(
    pledges: Sequence[Pledge], post: Mapping[str, Any]
) -> tuple[tuple[SignedPledge, ...], tuple[Problem, ...]]:
    """Return what was signed, and everything that is wrong with it.

    The hash that was served comes back with the form: a text that changed meanwhile is not signed by it.
    """
    signed, problems = [], []
    for served in compose_pledges(pledges, post):
        pointer, name = f"pledge-{served.pledge.id}", served.name.strip().replace("\x00", "")
        if served.is_ticked != bool(name):
            problems.append(Problem("pledge.half-signed", _HALF, pointer, _TOLD, _BOTH))
        elif served.is_ticked and post.get(f"pledge-hash-{served.pledge.id}") != served.pledge.text_hash:
            problems.append(Problem("pledge.not-this-text", _CHANGED, pointer, _TOLD, _READ_AGAIN))
        elif served.is_ticked:
            one = served.pledge
            signed.append(SignedPledge(one.id, one.version, one.text_hash, name))
    return tuple(signed), tuple(problems)


_TOLD = "state-council-office-2020-42#told-in-writing"
_HALF = Text("承诺书要勾选同意并署名，缺一不可", "A promise is both ticked and signed with a name")
_BOTH = Text(
    "同意的，勾选并写上姓名；不承诺的，两样都空着。", "Tick and write your name; or leave both empty."
)
_CHANGED = Text("承诺书的文本刚刚更新", "The text of the promise has just changed")
_READ_AGAIN = Text("请重新阅读后再签署。", "Read it again, then sign.")

"""Promises on a page: the text that is served, what was signed under it, and why none is served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.domain.pledge import Pledge, SignedPledge
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.reads.offered_pledges import MemberPledge, OfferedPledges

MAX_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class ServedPledge:
    """A promise as it stands on the page.

    Args:
        key: the end of its fields' names.
        of: title of the item that takes it, inside a bundle.
        limit: within which time it is checked, or the paper follows.
        is_ticked, name: what was sent for it so far.
        anchor: where the summary of problems leads.
    """

    pledge: Pledge
    key: str
    of: Text | None
    limit: Text
    is_ticked: bool
    name: str
    anchor: str
    problems: tuple[Problem, ...]

    @property
    def short_hash(self) -> str:
        """The beginning of the text's hash."""
        return self.pledge.text_hash[:16]


@dataclass(frozen=True, slots=True)
class ServedPledges:
    """The promises of a form: rows to be signed, or why there are none yet or at all.

    Args:
        problems: about promises that were signed though they are not offered.
    """

    offered: OfferedPledges
    rows: tuple[ServedPledge, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def withheld(self) -> Text:
        """Titles of what is not offered."""
        return _join([one.pledge.title for one in self.offered.withheld])

    @property
    def listed_in(self) -> Text:
        """Zones whose lists hold the applicant."""
        return _join(self.offered.listed_in)

    @property
    def waiting_for(self) -> Text:
        """Zones that have not answered."""
        return _join(self.offered.waiting_for)


def _join(texts: Sequence[Text]) -> Text:
    return Text("、".join(one.zh for one in texts), ", ".join(one.en for one in texts))


def compose_pledges(
    offered: OfferedPledges, post: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> ServedPledges:
    """Return the promises for the page, with what was ticked and written, and what is wrong with it."""
    rows = tuple(
        ServedPledge(
            one.pledge,
            one.key,
            one.title,
            one.pledge.due[-1].limit.in_words,
            post.get(f"pledge-{one.key}") == "yes",
            str(post.get(f"pledge-name-{one.key}", ""))[:MAX_NAME_CHARACTERS],
            f"field-pledge-{one.key}",
            tuple(problem for problem in problems if problem.pointer == f"pledge-{one.key}"),
        )
        for one in offered.pledges
    )
    return ServedPledges(offered, rows, tuple(one for one in problems if one.pointer == _NOWHERE))


def show_check(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    offered: OfferedPledges,
    kept: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form's check with its promises; a script that looks again is told to take the whole page.

    Args:
        kept: fields of the promises that were filled in before.
    """
    if request.headers.get("HX-Request") and not offered.is_waiting:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, template, context | {"pledges": compose_pledges(offered, kept or {})})


def read_signed(
    offered: OfferedPledges, post: Mapping[str, Any]
) -> tuple[tuple[tuple[str, SignedPledge], ...], tuple[Problem, ...]]:
    """Return what was signed, each with its member, and everything that is wrong with it.

    The hash that was served comes back with the form: a text that changed meanwhile is not signed by it. A
    promise that is not offered any more is told, and not left out in silence.
    """
    signed, problems = [], []
    served = compose_pledges(offered, post).rows
    for one, row in zip(offered.pledges, served, strict=True):
        pointer, name = f"pledge-{one.key}", row.name.strip().replace("\x00", "")
        if row.is_ticked != bool(name):
            problems.append(Problem("pledge.half-signed", _HALF, pointer, _TOLD, _BOTH))
        elif row.is_ticked and post.get(f"pledge-hash-{one.key}") != one.pledge.text_hash:
            problems.append(Problem("pledge.not-this-text", _CHANGED, pointer, _TOLD, _READ_AGAIN))
        elif row.is_ticked:
            pledge = one.pledge
            signed.append((one.member, SignedPledge(pledge.id, pledge.version, pledge.text_hash, name)))
    if any(_is_signed(one, post) for one in offered.withheld):
        problems.append(Problem("pledge.not-offered", _NOT_OFFERED, _NOWHERE, _LIST, _GO_ON))
    return tuple(signed), tuple(problems)


def check_statement(post: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return that the statement of truth was not ticked, or nothing (all-2019#31.1)."""
    return () if post.get("truth") == "yes" else (_NO_STATEMENT,)


def _is_signed(one: MemberPledge, post: Mapping[str, Any]) -> bool:
    return post.get(f"pledge-{one.key}") == "yes"


_NO_STATEMENT = Problem(
    "truth.missing",
    Text("请先确认所填内容真实", "Confirm first that what you gave is true"),
    "truth",
    "all-2019#31.1",
)
_NOWHERE = "promises"
"""Where the summary of problems leads when the promise itself is not on the page."""
_TOLD = "state-council-office-2020-42#told-in-writing"
_LIST = "state-council-office-2020-42#broken-promise"
_HALF = Text("承诺书要勾选同意并署名，缺一不可", "A promise is both ticked and signed with a name")
_BOTH = Text(
    "同意的，勾选并写上姓名；不承诺的，两样都空着。", "Tick and write your name; or leave both empty."
)
_CHANGED = Text("承诺书的文本刚刚更新", "The text of the promise has just changed")
_READ_AGAIN = Text("请重新阅读后再签署。", "Read it again, then sign.")
_NOT_OFFERED = Text(
    "现在不能承诺：不是每个高新区都答复了名单上没有申请人",
    "No promise can be taken now: not every zone says that the applicant is not on its list",
)
_GO_ON = Text(
    "再看一次，或者不承诺，按一般程序提交。", "Look again, or hand in without it in the ordinary way."
)

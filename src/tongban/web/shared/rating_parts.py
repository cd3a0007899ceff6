"""The questions of a rating, of a case or of a visit, and how they are read."""

from collections.abc import Sequence

from django.http import HttpRequest

from tongban.domain.rating import WORDS_CHARS
from tongban.flows.ports import Deps
from tongban.flows.rate import Opinion
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.web.shared.parts import Choice, Field

_DETAILS_MAX = 20
NO_OPINION = Opinion("")
THANKS = Text(
    "谢谢评价。评价不能修改，也不影响您办事。",
    "Thank you. A rating cannot be changed, and does not affect your matters.",
)


def read_opinion(request: HttpRequest) -> Opinion:
    """Return what was sent, cut to a size that is kept."""
    return Opinion(
        request.POST.get("level", "")[:40],
        tuple(detail[:40] for detail in request.POST.getlist("details")[:_DETAILS_MAX]),
        request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n")[: WORDS_CHARS * 2],
    )


def compose_rating_fields(opinion: Opinion, problems: Sequence[Problem], deps: Deps) -> list[Field]:
    """Return the questions with what was answered and what is wrong with it."""
    book = deps.catalogue.ratings

    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    return [
        Field("level", _LEVEL, "choice", value=opinion.level, problems=wrong("level"), law=book.source,
              choices=[Choice(level.id, level.title) for level in book.levels]),
        Field("details", _DETAILS, "choices", values=tuple(opinion.details), is_required=False,
              help=_DETAILS_HELP, problems=wrong("details"),
              choices=[Choice(identity, title) for identity, title in book.details.items()]),
        Field("words", _WORDS, "long_text", value=opinion.words, is_required=False, max_length=WORDS_CHARS,
              problems=wrong("words")),
    ]  # fmt: skip


_LEVEL = Text("总的来说", "All in all")
_DETAILS = Text("哪里不满意", "What was bad")
_DETAILS_HELP = Text(
    "不满意时勾选一项，或者在下面写几个字，便于改进。",
    "If you are not satisfied, tick one or write a few words below.",
)
_WORDS = Text("想说的话", "In your words")

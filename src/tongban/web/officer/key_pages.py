"""The desk by keyboard: the letters of its lists, and the page that tells every key."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ListKey:
    """A list of the desk and the letter that leads to it."""

    letter: str
    url: str
    title: Text


def compose_lists() -> tuple[ListKey, ...]:
    """Return the lists of the desk, each with its letter."""
    return tuple(ListKey(letter, reverse(f"officer:{name}"), title) for letter, name, title in _LISTS)


def keys(request: HttpRequest) -> HttpResponse:
    """Tell every key of the desk, and let single letters be turned off (WCAG 2.1.4)."""
    context = {
        "keys": _KEYS,
        "lists": compose_lists(),
        "trail": [(Text("待办", "Worklist"), reverse("officer:worklist"))],
        "here": Text("快捷键", "Keys"),
    }
    return render(request, "officer/keys.html", context)


_LISTS = (
    ("w", "worklist", Text("待办", "Worklist")),
    ("c", "due-checks", Text("事后核查", "Checks after the decision")),
    ("s", "deliveries", Text("待送达", "Licences to serve")),
    ("p", "prechecks", Text("预审", "Pre-checks")),
    ("b", "between-desk", Text("区际", "Between zones")),
    ("n", "notices", Text("他区通报", "Notices")),
    ("q", "desk", Text("咨询投诉", "Questions")),
    ("r", "escalations", Text("超期上报", "Escalations")),
    ("l", "leave", Text("休假交接", "Leave")),
)
_KEYS = (
    ("j", Text("下一件；在办件页是下一节", "The next case; on a case's page the next section")),
    ("k", Text("上一件；在办件页是上一节", "The one before")),
    ("o", Text("打开选中的办件；在办件页去作出处理", "Open the case; on its page go to the decision")),
    ("?", Text("这一页", "This page")),
)

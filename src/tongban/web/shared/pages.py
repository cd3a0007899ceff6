"""Long lists that are sorted by something other than time, page by page: by number, with a way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from tongban.kernel.text import Text

PAGE_ITEMS = 30
_MOST_DIGITS = 4
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list.

    Args:
        total: rows of the whole list.
        back_url, next_url: addresses of the neighbours; empty at the ends.
        shown: which rows these are, in words; None when the list has one page.
    """

    rows: Sequence[Row]
    total: int
    back_url: str = ""
    next_url: str = ""
    shown: Text | None = None


def cut_page(rows: Sequence[Row], request: HttpRequest, size: int = PAGE_ITEMS) -> Page[Row]:
    """Return the page that an address asks for with ``page``; the last one for a number beyond it."""
    last = max(1, -(-len(rows) // size))
    number = min(_read_number(request), last)
    first = (number - 1) * size
    chosen = rows[first : first + size]
    if last == 1:
        return Page(chosen, len(rows))
    shown = _SHOWN.fill(first=first + 1, last=first + len(chosen), total=len(rows))
    back = _address(request, number - 1) if number > 1 else ""
    return Page(chosen, len(rows), back, _address(request, number + 1) if number < last else "", shown)


def _read_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return max(1, int(text)) if is_number else 1


def _address(request: HttpRequest, number: int) -> str:
    """Return the address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    query.pop("lang", None)
    return f"{request.path}?{query.urlencode()}"


_SHOWN = Text("第 {first}–{last} 项，共 {total} 项", "{first}–{last} of {total}")

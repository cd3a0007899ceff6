"""Small pieces of a page that need a look-up: icons, an article of law, the field behind a problem."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tongban.domain.law import Article
from tongban.kernel.errors import Problem
from tongban.web.shared.parts import anchor
from tongban.web.shared.signage import read_signs

register = template.Library()

_ICONS = {
    "tick": '<path d="M4 12.5l5 5L20 6.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "wait": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "skip": '<path d="M6 12h12"/>',
    "circle": '<circle cx="12" cy="12" r="8" fill="currentColor"/>',
    "triangle": '<path d="M12 4l9 16H3z" fill="currentColor"/>',
    "square": '<path d="M5 5h14v14H5z" fill="currentColor"/>',
    "ring": '<circle cx="12" cy="12" r="7.5"/>',
    "link": '<path d="M10 14a4 4 0 006 .4l3-3a4 4 0 00-5.7-5.7l-1.1 1.1"/>'
    '<path d="M14 10a4 4 0 00-6-.4l-3 3a4 4 0 005.7 5.7l1.1-1.1"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "copy": '<path d="M9 9h11v11H9zM15 9V4H4v11h5"/>',
    "law": '<path d="M6 3.5h9.5L19 7v13.5H6zM9 9h7M9 13h7M9 17h4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4.2 4-6 7.5-6s6.500 1.800 7.500 6"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "warn": '<path d="M12 3.500L22 20.500H2z"/><path d="M12 10v5M12 17.600v.4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "print": '<path d="M7 8V3.500h10V8M7 17H4V8h16v9h-3M7 14h10v6.500H7z"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it says nothing to a screen reader, so words stand beside it."""
    return format_html(
        '<svg class="tb-icon tb-icon-{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        name,
        mark_safe(_ICONS[name]),  # noqa: S308 (our own constants above)
    )


@register.inclusion_tag("shared/parts/law.html")
def law(article: Article | str | None) -> dict[str, Any]:
    """Show an article that opens to its words; takes an Article, or a law key that is looked up."""
    key = article if isinstance(article, str) else article.key if article else ""
    found = read_signs().find_article(article) if isinstance(article, str) and article else article
    return {"article": found or None, "key": key}


@register.filter
def field_anchor(problem: Problem) -> str:
    """Return the id of the field that a problem points at, or nothing."""
    return anchor(problem.pointer) if problem.pointer else ""


@register.filter
def row_label(row_columns: list[Any], index: int) -> Any:
    """Return the heading of a column by its place, for the cards that a table becomes on a phone."""
    return row_columns[index] if index < len(row_columns) else ""

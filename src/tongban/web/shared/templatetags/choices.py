"""The choices of a question as markup: a list may have a thousand, too many for a template's loop."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tongban.kernel.text import Text
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field

register = template.Library()


@register.simple_tag
def options(field: Field) -> SafeString:
    """Return the options of a select."""
    chosen, language = field.chosen, current_language()
    return mark_safe(  # noqa: S308  every part is escaped
        "".join(
            f'<option value="{escape(one.value)}"{" selected" if one.value in chosen else ""}>'
            f"{_say(one.label, language)}</option>"
            for one in field.offered
        )
    )


@register.simple_tag
def ticks(field: Field) -> SafeString:
    """Return radio buttons or tick boxes; the first has the field's id, where the error summary leads."""
    chosen, language = field.chosen, current_language()
    kind = "checkbox" if field.kind == "choices" else "radio"
    must = " required" if field.is_required and field.kind != "choices" else ""
    boxes = []
    for place, one in enumerate(field.offered, start=1):
        own = escape(field.id if place == 1 else f"{field.id}-{place}")
        told, described = "", ""
        if one.help:
            about = escape(f"{field.id}-{place}-help")
            described = f' aria-describedby="{about}"'
            told = f'<p class="tb-help" id="{about}">{_say(one.help, language)}</p>'
        boxes.append(
            f'<div class="tb-choice"><input class="form-check-input" type="{kind}"'
            f' name="{escape(field.name)}" id="{own}" value="{escape(one.value)}"'
            f"{' checked' if one.value in chosen else ''}{described}{must}>"
            f'<label for="{own}">{_say(one.label, language)}</label>{told}</div>'
        )
    return mark_safe("".join(boxes))  # noqa: S308  every part is escaped


def _say(words: Text | str, language: str) -> str:
    return escape(words.in_language(language) if isinstance(words, Text) else words)

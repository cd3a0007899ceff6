"""Every part on one page, for eyes and for accessibility tests. Demonstrations only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.kernel.errors import NotFound
from tongban.kernel.text import Text
from tongban.web.shared import styleguide_samples as samples
from tongban.web.shared.error_words import WORDS
from tongban.web.shared.errors import error_page


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    context = samples.compose_rest() | {
        "fields": samples.list_fields(),
        "sample_problems": samples.list_problems(),
        "steps": samples.list_steps(),
        "table": samples.compose_table(),
        "article": samples.SPECIMEN,
        "statuses": sorted(WORDS),
        "qr_image": "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 3'>"
        "<path d='M0 0h1v1H0zM2 0h1v1H2zM1 1h1v1H1zM0 2h1v1H0z'/></svg>",
    }
    return render(request, "shared/styleguide.html", context)


def styleguide_confirm(request: HttpRequest) -> HttpResponse:
    """Show the page that asks before harm."""
    consequences = [
        Text("申请即告终止，办理机关不再审查。", "The application ends; the authority stops assessing it."),
        Text("以后可以重新申请，但要重新排队。", "You may apply again later, from the start of the queue."),
    ]
    context = {
        "heading": Text("撤回这份申请？", "Withdraw this application?"),
        "consequences": consequences,
        "confirm_label": Text("是，撤回", "Yes, withdraw"),
        "cancel_url": "/styleguide/",
        "is_harmful": True,
    }
    return render(request, "shared/confirm.html", context)


def styleguide_error(request: HttpRequest, status: int) -> HttpResponse:
    """Show the page of an error, as it would be answered."""
    if status not in WORDS:
        raise NotFound(str(status))
    return error_page(request, status, problems=samples.list_problems() if status == 422 else ())

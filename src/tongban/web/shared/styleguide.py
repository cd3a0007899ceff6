"""Every part on one page, for eyes and for accessibility tests. Demonstrations only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.web.shared import styleguide_samples as samples


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    fields = samples.list_fields()
    problems = [problem for field in fields for problem in field.problems]
    problems.append(
        Problem(
            "evidence.missing",
            Text("缺少经营场所照片", "The photograph of the premises is missing"),
            "answers.photo",
        )
    )
    context = samples.compose_rest() | {
        "fields": fields,
        "sample_problems": problems,
        "steps": samples.list_steps(),
        "table": samples.compose_table(),
        "article": samples.SPECIMEN,
        "qr_image": "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 3'>"
        "<path d='M0 0h1v1H0zM2 0h1v1H2zM1 1h1v1H1zM0 2h1v1H0z'/></svg>",
    }
    return render(request, "shared/styleguide.html", context)

"""Every address of a node. A room is one line; each URL in it says who may open it (web/shared/access.py)."""

from django.conf import settings
from django.urls import include, path

from tongban.api import federation
from tongban.api.public import api
from tongban.site.health import healthz
from tongban.site.signs import demo_accounts, put_up_signs
from tongban.web.shared import styleguide as samples
from tongban.web.shared.access import check_doors, for_anyone, for_machines

urlpatterns = [
    path("healthz", for_anyone(healthz), name="healthz"),
    path("", include("tongban.web.entrance.urls")),
    path("", include("tongban.web.applicant.urls")),
    path("", include("tongban.web.verify.urls")),
    path("hall/", include("tongban.web.hall.urls")),
    path("window/", include("tongban.web.window.urls")),
    path("officer/", include("tongban.web.officer.urls")),
    path("steward/", include("tongban.web.steward.urls")),
    path("seal/", include("tongban.web.seal.urls")),
    path("api/v1/", for_machines(api.urls)),
    path("exchange/", include(for_machines(federation))),
]
if settings.DEMO:
    urlpatterns += [
        path("styleguide/", for_anyone(samples.styleguide), name="styleguide"),
        path("styleguide/confirm/", for_anyone(samples.styleguide_confirm), name="styleguide-confirm"),
        path("styleguide/<int:status>/", for_anyone(samples.styleguide_error), name="styleguide-error"),
    ]

handler400 = "tongban.web.shared.errors.bad_request"
handler403 = "tongban.web.shared.errors.forbidden"
handler404 = "tongban.web.shared.errors.not_found"
handler500 = "tongban.web.shared.errors.server_error"

check_doors(urlpatterns)
put_up_signs(demo_accounts())

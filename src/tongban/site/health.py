"""Is this node well? Asked by the launcher, by load balancers and by operators."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from tongban.reads.standard import list_deviations
from tongban.wiring import get_deps


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 with the zone when the database answers, 503 when it does not.

    ``not_as_ratified`` names the items whose base pack here is not the one that all zones have ratified; that
    is no reason to be taken out of service.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        deviations = list_deviations(get_deps())
    except DatabaseError:
        return JsonResponse({"zone": settings.ZONE, "db": "away"}, status=503)
    return JsonResponse({"zone": settings.ZONE, "db": "ok", "not_as_ratified": deviations})

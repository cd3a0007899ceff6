"""Is this node well? Asked by the launcher, by load balancers and by operators."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 with the zone when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"zone": settings.ZONE, "db": "away"}, status=503)
    return JsonResponse({"zone": settings.ZONE, "db": "ok"})

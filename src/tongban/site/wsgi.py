"""The server's entry point; URL table and node are read here, so that a fault in them stops the start."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tongban.kernel.errors import Fault, Refused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings.prod")
application = get_wsgi_application()
_ = get_resolver().url_patterns


def _start() -> None:
    """Put the node together; a pack with errors, or a key that does not open, stops it with the reasons."""
    # Imported here: the parts need Django's apps, which are loaded two lines above.
    from tongban.site.signs import explain
    from tongban.wiring import get_node, settle_memory

    try:
        get_node()
    except (Refused, Fault) as trouble:
        for line in explain(trouble):
            sys.stderr.write(f"{line}\n")
        raise SystemExit(3) from None
    settle_memory()


_start()

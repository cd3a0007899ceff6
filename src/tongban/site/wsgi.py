"""The server's entry point; the whole URL table is read here, so that a fault in it stops the start."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tongban.kernel.errors import Fault, Refused
from tongban.site.signs import explain
from tongban.wiring import get_node

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings.prod")
application = get_wsgi_application()
_ = get_resolver().url_patterns

try:
    get_node()
except (Refused, Fault) as trouble:
    # A pack with errors does not start the node; neither does a key that cannot be opened.
    for line in explain(trouble):
        sys.stderr.write(f"{line}\n")
    raise SystemExit(3) from None

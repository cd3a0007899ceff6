"""The server's entry point; the whole URL table is read here, so that a fault in it stops the start."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings.prod")
application = get_wsgi_application()
_ = get_resolver().url_patterns

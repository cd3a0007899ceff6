"""Development and the demonstration: own error pages all the same, demo logins on screen."""

from tongban.site.settings.base import *  # noqa: F403
from tongban.site.settings.base import SECRET_KEY, environment

SECRET_KEY = SECRET_KEY or "not-secret-" * 6  # for a developer's machine only; prod.py refuses to start so
DEMO = True
DEBUG = environment.read_switch("TONGBAN_DEBUG")
STATIC_ROOT = None  # files are served from where they lie

"""Tests: as in the demonstration, with a hasher that costs nothing."""

from tongban.site.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests-" * 4
DEMO = True
SEAL_SOCKET = None  # a test's one process keeps the key itself; tests/nodes have the real thing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # files are served from where they lie

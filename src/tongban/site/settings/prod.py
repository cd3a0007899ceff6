"""Production: refuses to start with an open door, and says which."""

from tongban.site.settings.base import *  # noqa: F403
from tongban.site.settings.base import DATABASES, IS_HTTPS, SECRET_KEY, environment

if len(SECRET_KEY) < 50:
    raise environment.SettingMissing("TONGBAN_SECRET_KEY must have 50 characters or more in production")
if not IS_HTTPS:
    raise environment.SettingMissing("TONGBAN_PUBLIC_URL must begin with https:// in production")
if not DATABASES["default"]["NAME"] or not environment.read_text("TONGBAN_DATABASE_URL"):
    raise environment.SettingMissing("TONGBAN_DATABASE_URL must be set in production")

DEBUG = False
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

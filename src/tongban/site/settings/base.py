"""What holds on every node. The environment is read here and nowhere else."""

from datetime import timedelta
from pathlib import Path

import tongban
from tongban.hosting.fonts import find_font_folder
from tongban.site.settings import environment
from tongban.site.settings.logs import compose_logging

PROJECT = Path(__file__).resolve().parents[4]
SOURCE = Path(tongban.__file__).resolve().parent

# --- The node -------------------------------------------------------------------------------
ZONE = environment.read_text("TONGBAN_ZONE")
PUBLIC_URL = environment.read_text("TONGBAN_PUBLIC_URL").rstrip("/")
AUTHORITIES_AWAY = environment.read_list("TONGBAN_AUTHORITIES_AWAY")
PEERS = environment.read_pairs("TONGBAN_PEERS")
KEYS_FOLDER = environment.read_folder("TONGBAN_KEYS_FOLDER", PROJECT)
KEYS_PASSPHRASE_FILE = environment.read_folder("TONGBAN_KEYS_PASSPHRASE_FILE", PROJECT)
SEAL_SOCKET: Path | None = environment.read_folder("TONGBAN_SEAL_SOCKET", PROJECT)
CONTENT_FOLDER = environment.read_folder("TONGBAN_CONTENT_FOLDER", PROJECT)
DIRECTORY_FOLDER = environment.read_folder("TONGBAN_DIRECTORY_FOLDER", PROJECT)
FONTS_FOLDER = Path(environment.read_text("TONGBAN_FONTS_FOLDER") or find_font_folder(PROJECT))
FILES_FOLDER = environment.read_folder("TONGBAN_FILES_FOLDER", PROJECT)
DEMO = environment.read_switch("TONGBAN_DEMO")
SMTP = environment.read_mail_server("TONGBAN_SMTP_URL") | {
    "SENDER": environment.read_text("TONGBAN_MAIL_SENDER")
}
CLOCK_FILE: Path | None = None  # the machine's time; a played day alone has another (day.py)

SECRET_KEY = environment.read_text("TONGBAN_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = environment.read_list("TONGBAN_ALLOWED_HOSTS")
IS_HTTPS = PUBLIC_URL.startswith("https://")

ROOT_URLCONF = "tongban.site.urls"
WSGI_APPLICATION = "tongban.site.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "tongban.store",
    "tongban.commands",
]

# --- Doors: everybody passes MIDDLEWARE; people pass PEOPLES_MIDDLEWARE too, machines do not. --------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongban.web.shared.doors.Correlation",
    "tongban.web.shared.doors.PeoplesDoor",
]
MACHINE_PATHS = ("/api/", "/exchange/", "/healthz")
PEOPLES_MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tongban.web.shared.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tongban.web.shared.errors.ErrorPages",
    "axes.middleware.AxesMiddleware",
]
# Both middlewares stand behind the people's door, where these two checks do not look.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "security.W003"]

# --- Pages: every role's room brings its own templates and static files. -------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((SOURCE / "web").glob("*/templates")),
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongban.web.shared.frame.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "tongban.web.shared.templatetags.words",
                "tongban.web.shared.templatetags.pieces",
                "tongban.web.shared.templatetags.choices",
            ],
        },
    }
]
NODE_MODULES = environment.read_folder("TONGBAN_NODE_MODULES", PROJECT)
STATIC_URL = "/static/"
STATIC_ROOT = environment.read_folder("TONGBAN_STATIC_FOLDER", PROJECT)
STATICFILES_DIRS = [
    *sorted((SOURCE / "web").glob("*/static")),
    ("bootstrap", NODE_MODULES / "bootstrap" / "dist" / "css"),
    ("htmx", NODE_MODULES / "htmx.org" / "dist"),
]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True

# --- Database: psycopg 3, kept open; a hung server is noticed in seconds, not minutes. -----------
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **environment.read_database("TONGBAN_DATABASE_URL"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": f"tongban-{ZONE}",
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts and sessions. Cookies carry the zone's name: three nodes may share one host. -----------
AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/login/"
SESSION_ENGINE = "tongban.web.shared.locked_sessions"
SESSION_COOKIE_NAME = f"tongban_{ZONE}_session"
SESSION_COOKIE_AGE = 8 * 3600
UPLOADS_KEPT = timedelta(days=45)
"""How long an upload stays that no case names, after somebody last wanted it; longer than any draft lives."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = f"tongban_{ZONE}_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "tongban.web.shared.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tongban.web.entrance.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- What may come in, and what a browser may do with what goes out. ------------------------------
# A person's form is read whole even with one giant answer in it, so that all its problems come back at once.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
MACHINE_BODY_MAX_BYTES = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# --- Language and time: pages say both languages themselves; Django's own messages follow. -----------
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

LOGGING = compose_logging(ZONE, environment.read_text("TONGBAN_LOG_LEVEL"))

"""The environment, read in one place: every TONGBAN_ variable with its meaning and default."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class SettingMissing(Exception):
    """A variable that this node cannot start without is absent or malformed; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment.

    Args:
        name: as it is exported.
        meaning: one sentence, the same that stands above it in ``.env.example``.
        default: what holds when it is not set.
    """

    name: str
    meaning: str
    default: str = ""


VARIABLES: tuple[Variable, ...] = (
    Variable("TONGBAN_ZONE", "Which zone this node serves: suzhou, wuxi or changzhou.", "suzhou"),
    Variable(
        "TONGBAN_DATABASE_URL", "Where its PostgreSQL database is: postgresql://role:word@host:port/name."
    ),
    Variable(
        "TONGBAN_SECRET_KEY", "Signs sessions and form tokens; 50 random characters or more in production."
    ),
    Variable("TONGBAN_PUBLIC_URL", "The address people and peers reach it by.", "http://127.0.0.1:8001"),
    Variable("TONGBAN_ALLOWED_HOSTS", "Host names it answers to, with commas.", "127.0.0.1,localhost"),
    Variable("TONGBAN_PEERS", "Addresses that override the directory's: zone=url, with commas."),
    Variable(
        "TONGBAN_AUTHORITIES_AWAY", "Simulated authorities that seem not to answer, with commas; for trying."
    ),
    Variable("TONGBAN_KEYS_FOLDER", "Folder of the zone's encrypted private keys.", "var/keys"),
    Variable(
        "TONGBAN_KEYS_PASSPHRASE_FILE",
        "File that holds the passphrase of that folder.",
        "var/keys/passphrase",
    ),
    Variable(
        "TONGBAN_SEAL_SOCKET",
        "Socket file at which manage.py keepseal holds the opened key of the seal for this node's processes.",
        "var/run/seal.sock",
    ),
    Variable("TONGBAN_CONTENT_FOLDER", "Folder of law, calendars, zones and item packs.", "content"),
    Variable("TONGBAN_FILES_FOLDER", "Folder of uploaded files and finished documents.", "var/files"),
    Variable(
        "TONGBAN_DIRECTORY_FOLDER",
        "Folder where every zone's public keys lie, one file a zone.",
        "var/directory",
    ),
    Variable(
        "TONGBAN_SMTP_URL",
        "Mail server: smtp+starttls://user:word@host:587, smtps:// or smtp://; empty sends no mail.",
    ),
    Variable("TONGBAN_MAIL_SENDER", "The address that messages come from.", "tongban@localhost"),
    Variable("TONGBAN_FONTS_FOLDER", "Folder of Chinese fonts; empty looks in node_modules, then Debian's."),
    Variable("TONGBAN_STATIC_FOLDER", "Where collectstatic puts style sheets and scripts.", "var/static"),
    Variable("TONGBAN_NODE_MODULES", "Where npm put Bootstrap and htmx.", "node_modules"),
    Variable(
        "TONGBAN_DEMO",
        "1 shows note, logins and style guide of a demonstration; its seal begins shifts by itself.",
        "0",
    ),
    Variable("TONGBAN_DEBUG", "1 lets a developer see Django's own error pages; never in production.", "0"),
    Variable(
        "TONGBAN_CLOCK_FILE",
        "The clock of a played day (make day), read by its own settings alone; production never looks at it.",
        "",
    ),
    Variable(
        "TONGBAN_LOG_LEVEL", "The least serious events that are written: DEBUG, INFO, WARNING, ERROR.", "INFO"
    ),
)

_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def read_text(name: str) -> str:
    """Return a variable's value, or its default. Raises KeyError for a name that is not in VARIABLES."""
    default = _DEFAULTS[name]
    return os.environ.get(name, "").strip() or default


def read_switch(name: str) -> bool:
    """Return whether a variable is switched on: 1, true, yes or on."""
    return read_text(name).lower() in {"1", "true", "yes", "on"}


def read_list(name: str) -> list[str]:
    """Return the parts of a variable whose value is written with commas."""
    return [part.strip() for part in read_text(name).split(",") if part.strip()]


def read_folder(name: str, root: Path) -> Path:
    """Return a folder or file; a relative one is meant from ``root``."""
    return root / read_text(name)


def read_pairs(name: str) -> dict[str, str]:
    """Return ``zone=url`` pairs. Raises SettingMissing for a part without ``=``."""
    pairs: dict[str, str] = {}
    for part in read_list(name):
        key, sign, value = part.partition("=")
        if not sign or not value:
            raise SettingMissing(f"{name}: '{part}' is not of the form zone=url")
        pairs[key.strip()] = value.strip().rstrip("/")
    return pairs


_MAIL_SCHEMES = {"smtp+starttls": ("starttls", 587), "smtps": ("tls", 465), "smtp": ("none", 25)}


def read_mail_server(name: str) -> dict[str, Any]:
    """Return the parts of a mail server's address; an empty host when there is none.

    Raises:
        SettingMissing: the address is of another form.
    """
    address = read_text(name)
    if not address:
        return {"HOST": "", "PORT": 0, "USER": "", "PASSWORD": "", "SECURITY": "none"}
    parts = urlsplit(address)
    if parts.scheme not in _MAIL_SCHEMES or not parts.hostname:
        raise SettingMissing(f"{name} must look like smtp+starttls://user:word@host:587")
    security, port = _MAIL_SCHEMES[parts.scheme]
    return {
        "HOST": parts.hostname,
        "PORT": parts.port or port,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "SECURITY": security,
    }


def read_database(name: str) -> dict[str, str]:
    """Return the parts of a PostgreSQL address under Django's names.

    A socket folder may stand as the host, percent-encoded or as ``?host=/folder``.

    Raises:
        SettingMissing: the address names another engine or no database.
    """
    address = read_text(name)
    if not address:
        return {"NAME": "tongban", "USER": "", "PASSWORD": "", "HOST": "", "PORT": ""}
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise SettingMissing(f"{name} must look like postgresql://role:word@host:port/name")
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
    }

"""Sessions whose content is locked in the database: answers that are not handed in yet lie in them.

A session is no archive (pipl-2021#19): what is being filled in is readable to the node alone, and a worker
throws expired sessions away. Without ``SECRET_KEY``, or moved under another session's name, nothing opens.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as OpenSessions

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.digest import digest
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.hold_files import keep_drafts_files
from tongban.kernel.errors import Fault
from tongban.wiring import get_deps

_DIGEST = re.compile(r'"([0-9a-f]{64})"')
_LABEL = "tongban/sessions/1"


class SessionStore(OpenSessions):
    """Django's sessions in the database, locked; the name is what ``SESSION_ENGINE`` asks for."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return a session's content as locked text."""
        plain: bytes = self.serializer().dumps(session_dict)
        return to_base64url(lock(_key(), plain, self._about()))

    def decode(self, session_data: str) -> dict[str, Any]:
        """Return what lies in a session; nothing when it does not open, which logs the person out."""
        try:
            plain = unlock(_key(), parse_base64url(session_data), self._about())
        except (Fault, ValueError):
            return {}
        opened: dict[str, Any] = self.serializer().loads(plain)
        return opened

    def save(self, must_create: bool = False) -> None:
        """Keep a session; the files that its drafts refer to are still wanted as long as it lives."""
        super().save(must_create)
        # Django's own entries hold no drafts; its hash of the login looks like a file's digest.
        drafts = {key: value for key, value in self._session.items() if not key.startswith("_auth")}
        digests = set(_DIGEST.findall(self.serializer().dumps(drafts).decode()))
        if digests:
            keep_drafts_files(digests, get_deps())

    def _about(self) -> bytes:
        return f"session|{self.session_key}".encode()


def _key() -> bytes:
    """Return the 32 bytes that lock sessions; a changed ``SECRET_KEY`` ends them all, as Django's own do."""
    return digest(f"{_LABEL}|{settings.SECRET_KEY}".encode())

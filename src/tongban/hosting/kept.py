"""Secrets that this machine makes up for itself and keeps in files that only their owner may read."""

import os
import secrets
from pathlib import Path


def keep_secret(path: Path) -> str:
    """The secret in a file of its own (0600); a random one is made the first time."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()

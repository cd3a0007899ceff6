"""Serial numbers, drawn from the database in blocks of fifty and handed out by the process."""

import os
import threading

from tongban.store.session import Session

BLOCK = 50
"""The step of the sequence (migration 0003). What a process has not used when it ends is a gap."""


class DjangoSerials:
    """The port ``Serials``. Safe for threads, and for a process that forks: the child draws its own block."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._block: range | None = None
        self._given = 0
        self._pid = 0

    def next(self) -> int:
        """Return the next number; a transaction that fails does not give it back."""
        with self._lock:
            if self._block is None or self._given == len(self._block) or self._pid != os.getpid():
                first = self._session.read("SELECT nextval('store_serial')")[0][0]
                self._block, self._given, self._pid = range(first, first + BLOCK), 0, os.getpid()
            number = self._block[self._given]
            self._given += 1
            return number

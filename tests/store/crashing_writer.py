"""Writes a case with everything that belongs to it, and is killed at the moment named. Run by test_crash."""

import os
import signal
import sys
from pathlib import Path


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run(moment: str, folder: Path) -> None:
    from tests.ports.conftest import NODE_KEY, due_on
    from tests.ports.histories import ACCEPTED, NOON, OTHER, SUBMITTED, ZONE, add
    from tongban.flows.memory import MemoryClock
    from tongban.flows.ports import Issued
    from tongban.kernel.ids import CaseId, CredentialId
    from tongban.store.store import open_store

    store = open_store(ZONE, MemoryClock(NOON), NODE_KEY, folder, due_on)
    case_id = CaseId("CZ-1")
    with store.unit():
        if moment in ("written", "asked-to-keep"):
            store.session.write("SELECT 1")  # a real transaction, whose COMMIT is a step of its own
        add(store.cases, case_id, SUBMITTED, ACCEPTED)
        store.ledger.append("credential:demo", {"n": 1})
        store.credentials.save(Issued(CredentialId("L-1"), case_id, "a.b.c~", "credential:demo", "01"))
        store.jobs.defer("seal_document", case_id=case_id)
        store.exchange.post(OTHER, "zone.notice", {}, case_id)
        store.files.put(b"a file", "text/plain", "a.txt")
        if moment == "gathered":
            die()
        if moment == "written":
            store.session.flush()
            die()
        if moment == "asked-to-keep":
            from django.db import connection

            connection._commit = die
    die()


if __name__ == "__main__":
    import django

    django.setup()
    run(sys.argv[1], Path(sys.argv[2]))

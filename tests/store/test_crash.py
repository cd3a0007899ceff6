"""A process that is killed between writing and keeping leaves nothing half-written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import database
from tests.ports.histories import ACCEPTED, SUBMITTED, add
from tongban.hosting.postgres import Cluster
from tongban.kernel.ids import CaseId
from tongban.store.store import Store

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "crashing_writer.py"


@pytest.mark.parametrize(
    ("moment", "kept"), [("gathered", 0), ("written", 0), ("asked-to-keep", 0), ("kept", 1)]
)
def test_a_killed_writer_leaves_all_or_nothing(
    store: Store, postgres_cluster: Cluster, tmp_path: Path, moment: str, kept: int
) -> None:
    url = database.url_of(postgres_cluster, connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, str(PROGRAM), moment, str(tmp_path / "files")],
        cwd=CHECKOUT, env={**os.environ, "TONGBAN_DATABASE_URL": url, "PYTHONPATH": f"src:{CHECKOUT}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    tables = (
        "caseevent",
        "casekey",
        "caseindex",
        "ledgerleaf",
        "credential",
        "outgoingmessage",
        "storedfile",
    )
    counts = {table: store.session.read(f"SELECT count(*) FROM store_{table}")[0][0] for table in tables}
    assert counts == {table: kept * (2 if table == "caseevent" else 1) for table in tables}
    assert store.session.read("SELECT count(*) FROM procrastinate_jobs") == [(kept * 2,)]
    # Whatever happened, the same act may be done again.
    if not kept:
        add(store.cases, "CZ-1", SUBMITTED, ACCEPTED)
    assert store.cases.find(CaseId("CZ-1")).stage == "accepted"

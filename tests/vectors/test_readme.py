"""The list of public test vectors says what is there, to the byte."""

import hashlib
import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_vector_is_listed_with_its_digest() -> None:
    rows = re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (HERE / "README.md").read_text("utf-8"), re.M)
    held = {
        path.relative_to(HERE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in HERE.glob("*/*")
        if path.parent.name in {"crypto", "ledger"}
    }
    assert dict(rows) == held

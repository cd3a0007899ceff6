"""`make replay` before there is anything to run again says what to do first."""

from pathlib import Path

import pytest

from tongban.hosting import replay


def test_without_any_data_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TONGBAN_DATABASE_FOLDER", str(tmp_path / "none"))
    monkeypatch.delenv("TONGBAN_DATABASE_ADMIN_URL", raising=False)
    assert replay.main() == 1
    assert "make demo" in capsys.readouterr().err

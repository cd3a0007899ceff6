"""A file is what its first bytes say, not what its name says; too large and empty ones are refused."""

import pytest

from tests.builders import CHANGZHOU, a_network
from tongban.flows.keep_upload import MAX_UPLOAD_BYTES, clean_name, find_media_type, keep_upload
from tongban.kernel.errors import Refused

POINTER = "answers.copy"


@pytest.fixture
def deps():
    return a_network()[CHANGZHOU]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", None),
        (b"<html>%PDF-", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, media_type):
    assert find_media_type(content) == media_type


def test_a_file_is_kept_once_by_its_digest(deps):
    first = keep_upload(b"%PDF-1.7 a", "a.pdf", POINTER, deps)
    again = keep_upload(b"%PDF-1.7 a", "b.pdf", POINTER, deps)
    assert first.digest == again.digest
    assert deps.files.find(first.digest) == b"%PDF-1.7 a"
    assert (first.media_type, first.size_bytes) == ("application/pdf", 10)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload.empty"),
        (b"MZ", "upload.wrong-type"),
        (b"%PDF-" + b"0" * MAX_UPLOAD_BYTES, "upload.too-large"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_answer_with_what_to_do(deps, content, code):
    with pytest.raises(Refused) as refused:
        keep_upload(content, "a.pdf", POINTER, deps)
    (problem,) = refused.value.problems
    assert (problem.code, problem.pointer) == (code, POINTER)
    assert problem.next_step is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\许可证.pdf", "许可证.pdf"),
        ("a‮fdp.exe\x00", "afdp.exe"),
        ("", "upload"),
        ("/", "upload"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_end():
    assert clean_name("长" * 500 + ".pdf").endswith("长.pdf")
    assert len(clean_name("长" * 500 + ".pdf")) <= 120

"""Take in a file that somebody hands in: look at what it is, refuse what cannot be used, keep the rest."""

from dataclasses import dataclass

from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
_NAME_CHARACTERS = 120
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
"""How each kind of file begins; what the sender calls it is not believed."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is kept.

    Args:
        digest: hex SHA-256; the answer to a question of type ``file``.
        name: as the sender called it, made harmless.
    """

    digest: str
    name: str
    media_type: str
    size_bytes: int


def keep_upload(content: bytes, name: str, pointer: str, deps: Deps) -> Upload:
    """Keep a file by its digest.

    Causes: one file in the zone's store, thrown away later unless something names it (``hold_files``) or a
        draft still does. Twice: the same file is kept once.

    Args:
        pointer: the answer it belongs to, e.g. ``answers.parent_licence_copy``, for problems.

    Raises:
        Refused: ``upload.empty``, ``upload.too-large`` or ``upload.wrong-type``, with what to do.
    """
    media_type = find_media_type(content)
    if not content:
        raise Refused(Problem("upload.empty", _EMPTY, pointer, next_step=_CHOOSE_AGAIN))
    if len(content) > MAX_UPLOAD_BYTES:
        raise Refused(too_large(pointer))
    if media_type is None:
        raise Refused(Problem("upload.wrong-type", _WRONG_TYPE, pointer, next_step=_USE_ANOTHER))
    safe_name = clean_name(name)
    with deps.unit():
        digest = deps.files.put(content, media_type, safe_name, loose_since=deps.clock.now())
    return Upload(digest, safe_name, media_type, len(content))


def too_large(pointer: str) -> Problem:
    """Return the problem of a file over the limit, for callers that need not read it to know."""
    words = _TOO_LARGE.fill(limit=MAX_UPLOAD_BYTES // 1024 // 1024)
    return Problem("upload.too-large", words, pointer, next_step=_SMALLER)


def find_media_type(content: bytes) -> str | None:
    """Return what a file is by its first bytes: PDF, JPEG or PNG; None for everything else."""
    return next((media_type for magic, media_type in _MAGIC if content.startswith(magic)), None)


def clean_name(name: str) -> str:
    """Return a file's name without folders, control characters and direction marks, and not too long.

    >>> clean_name("C:\\\\fakepath\\\\许可证.pdf")
    '许可证.pdf'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if char.isprintable()).strip()
    return kept[-_NAME_CHARACTERS:] or "upload"


_EMPTY = Text("上传的文件是空的。", "The uploaded file is empty.")
_CHOOSE_AGAIN = Text("请重新选择文件。", "Choose the file again.")
_TOO_LARGE = Text("文件超过 {limit} MB。", "The file is larger than {limit} MB.")
_SMALLER = Text(
    "请降低照片的分辨率，或只扫描需要的页，再上传。",
    "Lower the photo's resolution, or scan only the pages needed, and upload it again.",
)
_WRONG_TYPE = Text("只能上传 PDF、JPG 或 PNG 文件。", "Only PDF, JPG or PNG files can be used.")
_USE_ANOTHER = Text(
    "手机拍照一般就是 JPG。Word 文档请另存为 PDF。",
    "A phone's photo is usually a JPG; save a Word document as PDF.",
)

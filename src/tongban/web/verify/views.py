"""Checking a licence: parse, one read, render."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban import wiring
from tongban.flows.check_paper import check_paper_file
from tongban.flows.verify import MAX_TOKEN_BYTES
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads import verification as read
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field, ProofStep
from tongban.web.shared.proof_words import OUTCOMES, part_tag
from tongban.web.verify import papers

_NUMBER_CHARACTERS = 300
"""A number, or the whole address of a QR code."""


def start(request: HttpRequest) -> HttpResponse:
    """Show the three ways to check; check what was sent, or the number in the address (``?number=``)."""
    number = request.GET.get("number", "")
    if request.method != "POST" and not number:
        return render(request, "verify/start.html", {"fields": _fields("")})
    number = (request.POST.get("number") or number).replace("\x00", "").strip()
    try:
        content = _read_file(request)
        document = check_paper_file(content, wiring.get_deps()) if content.startswith(_PDF) else None
        if document is not None:
            return papers.show(request, *document)
        found = _check(request, number, content)
    except Refused as refused:
        problems = refused.problems
        return refuse_page(request, "verify/start.html", {"fields": _fields(number, problems)}, refused)
    return _show(request, found)


def code(request: HttpRequest, code: str) -> HttpResponse:
    """Check the number and the printed hash of a QR code."""
    return _show(request, read.check_number(code[:_NUMBER_CHARACTERS], wiring.get_deps()))


def _read_file(request: HttpRequest) -> bytes:
    """Return the file that was sent, or nothing; raises Refused above the limit, unread."""
    file = request.FILES.get("file")
    if file is None:
        return b""
    if (file.size or 0) > read.MAX_UPLOAD_BYTES:
        raise Refused(read.too_large())
    return file.read()


def _check(request: HttpRequest, number: str, content: bytes) -> read.Verification:
    deps = wiring.get_deps()
    token = request.POST.get("token", "").replace("\x00", "").strip()
    if request.FILES.get("file") is not None:
        return read.check_upload(content, deps)
    if token:
        return read.check_token(token[: MAX_TOKEN_BYTES + 1], deps)
    if not number:
        raise Refused(_NOTHING_GIVEN)
    if "~" in number:
        return read.check_token(number, deps)
    return read.check_number(number[:_NUMBER_CHARACTERS], deps)


def _show(request: HttpRequest, found: read.Verification) -> HttpResponse:
    """Show the verdict; an unknown number is answered like any other page that is not here."""
    outcome, title, words = _say(found)
    context = {
        "found": found,
        "outcome": outcome,
        "title": title,
        "words": words,
        "steps": [ProofStep(step.asks, OUTCOMES[step.found], step.says) for step in found.verdict.steps],
        "parts": [
            (one, part_tag(one), [ProofStep(s.asks, OUTCOMES[s.found], s.says) for s in one.verdict.steps])
            for one in found.parts
        ],
        "is_demo_seal": settings.DEMO or (found.zone is not None and found.zone.authority.is_fictional),
    }
    return render(request, "verify/verdict.html", context, status=200 if found.is_known else 404)


def _say(found: read.Verification) -> tuple[str, Text, Text]:
    """Return the page's one answer: how it looks, what it says, and one sentence more."""
    match found.verdict.outcome:
        case "good" if found.parts:
            return _say_parts(found)
        case "good":
            return "pass", _GOOD, _GOOD_WORDS.fill(n=len(found.verdict.steps))
        case "unsure":
            return "waiting", _UNSURE, _UNSURE_WORDS
    if not found.number:
        return "fail", _UNREADABLE, _UNREADABLE_WORDS
    if not found.is_known:
        return "fail", _NOT_HERE, _NOT_HERE_WORDS
    if found.state_words is not None and found.state != "01":
        return "fail", _NOT_VALID.fill(zh=found.state_words.zh, en=found.state_words.en), _NOT_VALID_WORDS
    return "fail", _BAD, _BAD_WORDS


def _say_parts(found: read.Verification) -> tuple[str, Text, Text]:
    """Return the answer for a composite that is genuine: how many of its parts hold."""
    bad = sum(1 for part in found.parts if part.verdict.outcome == "bad")
    good = sum(1 for part in found.parts if part.verdict.outcome == "good")
    if bad:
        return "waiting", _PARTS_BAD.fill(n=bad), _PARTS_WORDS
    if good < len(found.parts):
        return "waiting", _PARTS_UNSURE, _PARTS_WORDS
    return "pass", _PARTS_GOOD.fill(n=good), _PARTS_WORDS


def _fields(number: str, problems: tuple[Problem, ...] = ()) -> dict[str, Field]:
    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    return {
        "number": Field("number", _NUMBER, value=number, help=_NUMBER_HELP, autocomplete="off",
                        max_length=_NUMBER_CHARACTERS, problems=wrong("number")),
        "file": Field("file", _FILE, kind="file", help=_FILE_HELP, accept=_ACCEPTED, problems=wrong("file")),
        "token": Field("token", _TOKEN, kind="long_text", help=_TOKEN_HELP, problems=wrong("token")),
    }  # fmt: skip


_PDF = b"%PDF-"
_ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.txt,.sd-jwt,application/pdf,image/*"
_NUMBER = Text("证照编号", "Licence number")
_NUMBER_HELP = Text(
    "印在证照上方，以 1.2.156 开头；短横、空格不影响。",
    "Printed at the top of the licence; it begins with 1.2.156. Spaces do not matter.",
)
_FILE = Text(
    "证照、文书的文件，或二维码照片", "The file of a licence or a document, or a photo of its QR code"
)
_FILE_HELP = Text(
    "盖章的 PDF，或者二维码的照片；不超过 5 MB。文件只用来核验，不保存。",
    "The sealed PDF, or a photo of the code; 5 MB at most. It is looked at and not kept.",
)
_TOKEN = Text("电子凭证", "Electronic credential")
_TOKEN_HELP = Text("以 eyJ 开头的一长串字符。", "A long line of characters that begins with eyJ.")
_NOTHING_GIVEN = Problem(
    "verify.nothing",
    Text("请输入证照编号，或者选择一个文件", "Enter a licence number, or choose a file"),
    "number",
)
_GOOD = Text("证照有效", "This licence is valid")
_GOOD_WORDS = Text("{n} 步核验全部通过。", "All {n} steps of the check passed.")
_PARTS_GOOD = Text(
    "一照通有效，{n} 项全部有效", "This joint licence is valid, and so are all {n} of its parts"
)
_PARTS_BAD = Text("一照通是真的，其中 {n} 项现在无效", "Genuine, but {n} of its parts are not valid now")
_PARTS_UNSURE = Text("一照通是真的，有的部分暂时不能确定", "Genuine; a part is not certain yet")
_PARTS_WORDS = Text(
    "各项证照分别核验，结果写在下面；一项无效不影响其他各项。",
    "Each part is checked by itself, below; one that is not valid leaves the others as they are.",
)
_UNSURE = Text("暂时不能确定", "Not certain yet")
_UNSURE_WORDS = Text(
    "没有发现问题，但有的步骤还没有结果，原因写在下面。稍后再核验一次。",
    "Nothing is wrong, but a step has no result yet; below stands why. Check again a little later.",
)
_UNREADABLE = Text("没有读到完整的证照编号", "No whole licence number could be read")
_UNREADABLE_WORDS = Text(
    "可能抄错了一位，或者这不是证照文件。请对照证照再试一次。",
    "A character may be wrong, or this is not a licence. Compare with the licence and try again.",
)
_NOT_HERE = Text("这里查不到这个编号", "Not found here")
_NOT_HERE_WORDS = Text(
    "请对照证照核对编号，再试一次。", "Compare the number with the licence, and try again."
)
_NOT_VALID = Text("证照{zh}，不能使用", "Not in force: {en}")
_NOT_VALID_WORDS = Text(
    "证照是真的，但现在不是有效状态。", "The licence is genuine, but it is not valid now."
)
_BAD = Text("核验没有通过", "The check failed")
_BAD_WORDS = Text(
    "不要据此办事。没有通过的步骤写在下面。", "Do not rely on it. Below stands which step failed."
)

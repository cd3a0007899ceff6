"""Pages of the seal that only show: its state, the register of uses, one use, and what was refused."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.seal.events import SealActivated
from tongban.kernel.text import Text
from tongban.reads.seals import (
    RegisterPage,
    RegisterWish,
    read_event_words,
    read_refusals,
    read_seal_page,
    read_use,
    read_uses,
)
from tongban.web.seal.words import compose_act, name_kind
from tongban.web.shared.parts import Field, Row, Tag
from tongban.wiring import get_deps

_NUMBER_LENGTH = 120
_MOST = 2**63 - 1


def state(request: HttpRequest) -> HttpResponse:
    """Show whether the seal may move, who put it to use, until when, and what may be done."""
    deps = get_deps()
    page, now = read_seal_page(deps), deps.clock.now()
    activated = page.seal.activated.event if page.seal.activated else None
    shift = page.seal.find_shift(now)
    proposed = page.seal.proposed
    is_open = proposed is not None and now <= proposed.at + page.rule.patience
    context = {
        "page": page,
        "shift": shift,
        "ended": activated if isinstance(activated, SealActivated) and shift is None else None,
        "proposed": proposed if is_open else None,
        "is_own_proposal": is_open and proposed.event.by.id == request.user.username,  # type: ignore[union-attr]
        "tag": Tag(_MAY, "green") if page.problem is None else Tag(*_STATES[page.problem.code]),
        "acts": [(act, compose_act(act)) for act in page.acts],
        "may_act": request.user.role == page.book.role,
    }
    return render(request, "seal/state.html", context)


def uses(request: HttpRequest) -> HttpResponse:
    """Show the register of uses, the newest first."""
    wish, after, before = _read_wish(request)
    page = read_uses(wish, after, before)
    says = read_event_words(get_deps())
    rows = [
        (row, Tag(name_kind(row.kind), "blue"), says.get(row.event, Text(row.event, row.event)))
        for row in page.rows
    ]
    return render(request, "seal/uses.html", _compose(request, wish, page) | {"rows": rows})


def refusals(request: HttpRequest) -> HttpResponse:
    """Show what the seal did not move for, and why, the newest first."""
    wish, after, before = _read_wish(request)
    page = read_refusals(wish, after, before)
    rows = [(row, Tag(name_kind(row.kind), "blue"), Text(row.says_zh, row.says_en)) for row in page.rows]
    return render(request, "seal/refusals.html", _compose(request, wish, page) | {"rows": rows})


def use(request: HttpRequest, number: int) -> HttpResponse:
    """Show one use with everything that its leaf stands for."""
    row = read_use(min(number, _MOST))
    event = read_event_words(get_deps()).get(row.event, Text(row.event, row.event))
    rows = [
        Row(_DOCUMENT, [name_kind(row.kind), row.printed_number]),
        Row(_CASE, [row.case_id]),
        Row(_EVENT, [event, _VERSION.fill(number=row.version)]),
        Row(_CUSTODIANS, [row.first_name, row.second_name]),
        Row(_DRAWN, [row.drawn_digest, _BYTES.fill(number=row.drawn_bytes)]),
        Row(_SEALED, [row.sealed_digest or _NOT_KEPT]),
        Row(_SALT, [row.salt]),
    ]
    return render(request, "seal/use.html", {"row": row, "rows": rows})


def _read_wish(request: HttpRequest) -> tuple[RegisterWish, int | None, int | None]:
    """Read what is looked for and the place in the list; what makes no sense is left out."""
    try:
        on = date.fromisoformat(request.GET.get("on", "")[:10])
    except ValueError:
        on = None
    number = request.GET.get("number", "").replace("\x00", "").strip()[:_NUMBER_LENGTH]
    return RegisterWish(on, number), _read_place(request, "after"), _read_place(request, "before")


def _read_place(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")[:19]
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() else None


def _compose(request: HttpRequest, wish: RegisterWish, page: RegisterPage) -> dict[str, object]:
    on = wish.on.isoformat() if wish.on else ""
    kept = {name: value for name, value in (("on", on), ("number", wish.number)) if value}
    return {
        "fields": [
            Field("on", _DAY, "date", value=on, is_required=False),
            Field("number", _NUMBER, value=wish.number, is_required=False, max_length=_NUMBER_LENGTH),
        ],
        "is_narrowed": bool(kept),
        "clear_url": request.path,
        "other_url": reverse("seal:refusals" if request.path.endswith("uses/") else "seal:uses"),
        "back_url": "?" + urlencode({**kept, "before": page.back}) if page.back is not None else "",
        "next_url": "?" + urlencode({**kept, "after": page.next}) if page.next is not None else "",
    }


_MAY = Text("启用中", "In use")
_STATES = {
    "seal.suspended": (Text("已停用", "Suspended"), "red"),
    "seal.not-active": (Text("未启用", "Not in use"), "grey"),
    "seal.key-closed": (Text("密钥未打开", "Key closed"), "yellow"),
    "seal.limit": (Text("本小时已达上限", "At the limit of this hour"), "yellow"),
}
_DAY = Text("日期", "Day")
_NUMBER = Text("办件、证照或文书编号", "Number of a case, licence or document")
_DOCUMENT = Text("文件", "Document")
_CASE = Text("办件", "Case")
_EVENT = Text("依据的决定", "Event it rests on")
_VERSION = Text("办件记录第 {number} 条", "entry {number} of the case's history")
_CUSTODIANS = Text("当班保管员", "Custodians of the shift")
_DRAWN = Text("盖章前文件的摘要（SHA-256）", "Digest before the seal (SHA-256)")
_BYTES = Text(
    "{number} 字节；盖章后的文件以这些字节开头", "{number} bytes; the sealed document begins with them"
)
_SEALED = Text("盖章后文件的摘要（SHA-256）", "Digest of the sealed document (SHA-256)")
_NOT_KEPT = Text("没有存下盖章的文件", "No sealed document was kept")
_SALT = Text("账本条目的盐", "Salt of the ledger leaf")

"""What every page's frame needs: language, type size, zone, the way round for this role."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from tongban.kernel.text import Text
from tongban.web.shared.language import address_with, current_language, page_language
from tongban.web.shared.signage import read_signs

Way = tuple[Text, str] | tuple[Text, str, str]

EVERYBODYS_WAYS: tuple[Way, ...] = (
    (Text("办事", "Services"), "applicant:items"),
    (Text("预约取号", "Queue"), "hall:entrance"),
    (Text("证照核验", "Check a licence"), "verify:start"),
)
WAYS: dict[str, tuple[Way, ...]] = {
    "applicant": (
        (Text("办事", "Services"), "applicant:items"),
        (Text("我的办件", "My cases"), "applicant:cases"),
        (Text("预约取号", "Queue"), "hall:entrance"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
    "clerk": (
        (Text("窗口收件", "Take in"), "window:start"),
        (Text("叫号", "Queue"), "window:queue"),
        (Text("已收办件", "Cases taken in"), "window:cases"),
        (Text("待领取", "To collect"), "window:pickups", "window:deliveries"),
        (Text("区际", "Between zones"), "window:between-desk"),
        (Text("暂收", "Provisional"), "window:provisional"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
    "officer": (
        (Text("待办", "Worklist"), "officer:worklist"),
        (Text("预审", "Pre-checks"), "officer:prechecks"),
        (Text("区际", "Between zones"), "officer:between-desk"),
        (Text("他区通报", "Notices"), "officer:notices"),
        (Text("抽查", "Later checks"), "officer:checks"),
        (Text("咨询投诉", "Questions"), "officer:desk"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
    "head": (
        (Text("待办", "Worklist"), "officer:worklist"),
        (Text("区际", "Between zones"), "officer:between-desk"),
        (Text("他区通报", "Notices"), "officer:notices"),
        (Text("抽查", "Later checks"), "officer:checks"),
        (Text("咨询投诉", "Questions"), "officer:desk"),
        (Text("差评整改", "Bad ratings"), "officer:ratings"),
        (Text("超期上报", "Escalations"), "officer:escalations"),
        (Text("电子监察", "Supervision"), "officer:supervision"),
        (Text("事项与规则", "Items and rules"), "steward:items"),
        (Text("印章", "The seal"), "seal:state"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
    "steward": (
        (Text("事项与规则", "Items and rules"), "steward:items"),
        (Text("决定复算", "Replay"), "steward:replay"),
        (Text("共同标准", "The standard"), "steward:standard"),
        (Text("联席会议", "The table"), "steward:table"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
    "operator": EVERYBODYS_WAYS,
    "custodian": (
        (Text("印章", "The seal"), "seal:state"),
        (Text("用印登记", "Register of uses"), "seal:uses"),
        (Text("未盖章的", "Not sealed"), "seal:refusals"),
        (Text("证照核验", "Check a licence"), "verify:start"),
    ),
}
"""Who sees which links in the header: words, URL name, and another name behind which it stands. A room that
is not built yet has no link."""


def read_ways(request: HttpRequest, role: str | None) -> list[dict[str, Any]]:
    """Return the header's links for a role: words, address, and whether this page lies behind it."""
    ways = []
    behind: list[tuple[int, int]] = []
    for words, *names in WAYS.get(role or "", EVERYBODYS_WAYS):
        try:
            addresses = [reverse(name) for name in names]
        except NoReverseMatch:
            continue
        ways.append({"words": words, "address": addresses[0], "is_here": False})
        behind += [(len(one), len(ways) - 1) for one in addresses if _lies_behind(request, one)]
    if behind:  # of /window/ and /window/cases/ the longer one is where we are
        ways[max(behind)[1]]["is_here"] = True
    return ways


def _lies_behind(request: HttpRequest, address: str) -> bool:
    return request.path == address or (len(address) > 1 and request.path.startswith(address))


def frame_without_account(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page that must not ask the database who is there (a failure's page)."""
    signs = read_signs()
    return {
        "language": current_language(),
        "page_language": page_language(),
        "is_large_type": getattr(request, "type_size", "normal") == "large",
        "chinese_address": address_with(request, lang="zh"),
        "english_address": address_with(request, lang="en"),
        "large_address": address_with(request, type="large"),
        "normal_address": address_with(request, type="normal"),
        "zone": signs.zone,
        "zone_name": signs.zone_name,
        "is_demo": settings.DEMO,
        "correlation_id": getattr(request, "correlation_id", ""),
        "account": None,
        "ways": read_ways(request, None),
    }


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page: a context processor."""
    account = getattr(request, "user", None)
    is_known = account is not None and account.is_authenticated
    context = frame_without_account(request)
    if is_known:
        context["account"] = account
        context["ways"] = read_ways(request, account.role)
    return context

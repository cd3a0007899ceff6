"""Put the seal forward, put it to use, suspend it: a page that asks before, and the act under a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from tongban.domain.case.events import Actor
from tongban.domain.seal.decide import REASONS_MAX
from tongban.flows.keep_seal import confirm_seal, propose_seal, suspend_seal
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_HOURS_LENGTH = 4
SECRET_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class SealStep:
    """One act as its page shows it."""

    slug: str
    heading: Text
    confirm: Text
    done: Text
    is_harmful: bool
    consequences: tuple[Text, ...]


@sensitive_post_parameters("secret")
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Say what follows; carry the act out when it is confirmed."""
    chosen = _STEPS.get(act)
    if chosen is None:
        raise NotFound(act)
    if request.method != "POST":
        return render(request, "shared/confirm.html", _compose(request, chosen, ()))
    try:
        _carry(chosen.slug, request)
    except Refused as refused:
        context = _compose(request, chosen, refused.problems)
        return refuse_page(request, "shared/confirm.html", context, refused)
    messages.success(request, chosen.done.in_language(current_language()))
    return redirect("seal:state")


def _carry(slug: str, request: HttpRequest) -> None:
    account, deps = request.user, get_deps()
    actor = Actor(account.role, account.username, account.display_name)
    match slug:
        case "propose":
            hours = _read(request, "hours", _HOURS_LENGTH)
            whole = int(hours) if hours.isascii() and hours.isdecimal() else 0
            propose_seal(whole, _read_secret(request), actor, deps)
        case "confirm":
            confirm_seal(_read_secret(request), actor, deps)
        case _:
            zh, en = _read(request, "reasons_zh"), _read(request, "reasons_en")
            suspend_seal(Text(zh, en or (f"(in Chinese only) {zh}" if zh else "")), actor, deps)


def _read(request: HttpRequest, name: str, most: int = REASONS_MAX) -> str:
    """Return what was typed, a little longer at most than may be kept, so that it can be shown again."""
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")[: most + 100].strip()


def _read_secret(request: HttpRequest) -> str:
    """Return the secret as it was typed; it is never shown again nor written down."""
    return request.POST.get("secret", "")[:SECRET_CHARS_MAX]


def _compose(request: HttpRequest, step: SealStep, problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "heading": step.heading,
        "consequences": step.consequences,
        "confirm_label": step.confirm,
        "cancel_url": reverse("seal:state"),
        "is_harmful": step.is_harmful,
        "fields": _fields(request, step.slug, problems),
        "hidden": {},
        "action": reverse("seal:act", args=[step.slug]),
    }


def _fields(request: HttpRequest, slug: str, problems: Sequence[Problem]) -> list[Field]:
    deps = get_deps()
    most = deps.catalogue.seal.get_rule(deps.zone).shift_hours
    if slug == "propose":
        wrong = [problem for problem in problems if problem.pointer == "hours"]
        value = _read(request, "hours", _HOURS_LENGTH) or str(most)
        help_ = _HOURS_HELP.fill(most=most)
        hours = Field("hours", _HOURS, "number", value=value, unit=_HOUR, help=help_, problems=wrong)
        return [hours, _ask_secret(request, problems)]
    if slug == "confirm":
        return [_ask_secret(request, problems)]
    wrong = [problem for problem in problems if problem.pointer == "reasons_zh"]
    zh, en = _read(request, "reasons_zh"), _read(request, "reasons_en")
    return [
        Field(
            "reasons_zh", _WHY, "long_text", value=zh, help=_LOGGED, max_length=REASONS_MAX, problems=wrong
        ),
        Field("reasons_en", _WHY_EN, "long_text", value=en, is_required=False, max_length=REASONS_MAX),
    ]


def _ask_secret(request: HttpRequest, problems: Sequence[Problem]) -> Field:
    """Return the question for one's own secret; a demonstration tells it, as it keeps nothing."""
    deps = get_deps()
    told = deps.catalogue.seal.secrets_of(deps.zone).get(request.user.username, "") if deps.rota else ""
    return Field(
        "secret", _SECRET, "password", autocomplete="current-password", max_length=SECRET_CHARS_MAX,
        help=_SECRET_TOLD.fill(secret=told) if told else _SECRET_HELP,
        problems=[problem for problem in problems if problem.pointer == "secret"],
    )  # fmt: skip


_SECRET = Text("您的印章口令", "Your secret of the seal")
_SECRET_HELP = Text(
    "不是登录密码。两名保管员各自的口令合在一起才能打开印章密钥；口令不保存。",
    "Not the password you log in with. Only two custodians' secrets together open the seal's key; they are "
    "not kept.",
)
_SECRET_TOLD = Text(
    "演示用的口令，公开的：{secret}",
    "For the demonstration, and no secret: {secret}",
)
_HOURS = Text("启用多久", "For how long")
_HOUR = Text("小时", "hours")
_HOURS_HELP = Text("1 至 {most} 小时，从现在算起。", "From 1 to {most} hours, counted from now.")
_WHY = Text("停用的理由", "Reasons, in Chinese")
_WHY_EN = Text("停用的理由（英文）", "Reasons, in English")
_LOGGED = Text("以您的姓名记录，不能删改。", "Recorded under your name; it cannot be changed or deleted.")
_ON_RECORD = Text(
    "以您的姓名记录，并在公开账本留一个条目。",
    "It is recorded under your name and leaves an entry in the public ledger.",
)
_STEPS = {
    step.slug: step
    for step in (
        SealStep(
            "propose",
            Text("提出启用印章", "Propose to put the seal to use"),
            Text("提出启用", "Propose it"),
            Text("已提出，等另一名保管员确认。", "Proposed; the other custodian has to confirm."),
            False,
            (
                Text(
                    "印章还不能用：须由另一名保管员登录确认。",
                    "The seal does not move yet: another custodian has to log in and confirm.",
                ),
                Text(
                    "以前没有确认的申请由这一份代替。",
                    "It takes the place of a proposal that nobody confirmed.",
                ),
                Text(
                    "您的口令只打开您那一份密钥；它在内存中等另一份。",
                    "Your secret opens your share of the key alone; it waits in memory for the other.",
                ),
                Text("以您的姓名记录。", "It is recorded under your name."),
            ),
        ),
        SealStep(
            "confirm",
            Text("确认启用印章", "Confirm that the seal is put to use"),
            Text("确认启用", "Put it to use"),
            Text("印章已启用；等待的文件随即盖章。", "The seal is in use; what waited is sealed now."),
            False,
            (
                Text(
                    "从现在起到这一班结束，依法作出的文件自动盖章，不超过每小时的上限。",
                    "From now until the shift ends, documents that an event left behind are sealed by "
                    "themselves, up to the limit of each hour.",
                ),
                Text(
                    "每次用印都记下两名保管员的姓名，您是其中之一。",
                    "Each use names both custodians; you are one of them.",
                ),
                Text(
                    "两份合起来打开密钥，只留在内存里，到这一班结束或停用为止。",
                    "Both shares open the key; it stays in memory alone, until the shift ends or the seal is "
                    "suspended.",
                ),
                Text("任一保管员都可以随时停用。", "Either custodian can suspend it at any time."),
                _ON_RECORD,
            ),
        ),
        SealStep(
            "suspend",
            Text("立即停用印章", "Suspend the seal at once"),
            Text("立即停用", "Suspend it"),
            Text("印章已停用。", "The seal is suspended."),
            True,
            (
                Text(
                    "从现在起不再盖任何文件，密钥从内存中清除。",
                    "From now on nothing is sealed any more, and the key is let go from memory.",
                ),
                Text(
                    "受理、审查、决定、签发电子证照照常进行；盖章的文件等印章启用后自动补上，不会丢失。",
                    "Acceptance, decisions and electronic licences go on; sealed documents follow "
                    "by themselves once the seal is in use again, and none is lost.",
                ),
                Text("再启用须由两名保管员共同进行。", "Two custodians are needed to put it to use again."),
                _ON_RECORD,
            ),
        ),
    )
}

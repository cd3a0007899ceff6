"""One application played through three zones over HTTP: handed in, asked about, decided, sealed, checked."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import yaml

from tongban.hosting.state import CHECKOUT
from tongban.hosting.telling import Telling, Words, words
from tongban.hosting.visitor import Page, PageProblem, Visitor

FOLDER = CHECKOUT / "content" / "fiction"
PATIENCE_SECONDS = 60
LEDGER_SECONDS = 20
LOOK_EVERY_SECONDS = 0.1
SIGNS = {
    **{"met": "✓", "unmet": "✗", "not_applicable": "–"},
    **{"proved": "✓", "failed": "✗", "waiting": "…", "unknown": "?"},
}

Plain = Mapping[str, Any]


def play(addresses: Mapping[str, str], token: str, folder: Path = FOLDER) -> str:
    """Play the story and print each step as it happens.

    Args:
        addresses: each zone's node, e.g. ``suzhou`` to ``http://127.0.0.1:8001``.
        token: of the story's account at the zone that receives, to follow the case with.

    Returns:
        The licence number; empty when the case did not come to its end, and a sentence says where it stands.
    """
    telling = Telling()
    telling.title(words("一件申请走完三个高新区", "One application through three zones"))
    try:
        return _play(addresses, token, read_story(folder), telling)
    except (PageProblem, httpx.HTTPError) as trouble:
        telling.end(words(f"演示没有走完：{trouble}", f"The story did not come to its end: {trouble}"))
        return ""


def read_story(folder: Path) -> Plain:
    """Return what is played, with the password of its account."""
    story: dict[str, Any] = yaml.safe_load((folder / "filing.yaml").read_text(encoding="utf-8"))
    cast = yaml.safe_load((folder / "story.yaml").read_text(encoding="utf-8"))
    return {**story, "password": cast["password"]}


def _play(addresses: Mapping[str, str], token: str, story: Plain, telling: Telling) -> str:
    with Visitor(addresses[story["received_in"]]) as visitor:
        log_in(visitor, story["account"], story["password"])
        telling.step(_LOGGED_IN, [_FOR_WHOM])
        _find_item(visitor, story, telling)
        number = _hand_in(visitor, story, telling)
        case = _follow(addresses[story["received_in"]], token, number, telling)
        if not case.get("licence_number"):
            telling.end(
                words(f"办件 {number} 尚未办结，请登录查看。", f"Case {number} is open; log in to see it.")
            )
            return ""
        document = _take_document(visitor, number)
    _check_number(addresses[story["checked_in"]], story, case, telling)
    _check_document(addresses[story["checked_in"]], document, telling)
    total = f"{telling.elapsed():.1f}"
    telling.end({language: said.format(total=total) for language, said in _DONE.items()})
    return str(case["licence_number"])


def log_in(visitor: Visitor, username: str, password: str) -> None:
    """Log in on the page; raises PageProblem when the node does not let them in."""
    login = visitor.open("/login/")
    known = {"username": username, "password": password}
    inside = visitor.send(login, login.get_form(*known), known)
    if "/login/" in inside.address:
        raise PageProblem(f"{inside.address} does not let {username} in")


def _find_item(visitor: Visitor, story: Plain, telling: Telling) -> None:
    """Find the item by a word and read its guide."""
    asked = story["looks_for"]
    telling.step(words(f"搜索“{asked}”，打开办事指南", f"Searches “{asked}” and opens the guide"))
    found = visitor.open("/items/", q=asked)
    if f"/items/{story['item']}/" not in found.html:
        raise PageProblem(f"{found.address} does not list {story['item']}")
    visitor.open(f"/items/{story['item']}/")


def _hand_in(visitor: Visitor, story: Plain, telling: Telling) -> str:
    """Fill the form in, look at the answers once more, hand in; returns the case number."""
    answers, statement = story["answers"], story["statement"]
    count = len(answers)
    telling.step(words(f"填写 {count} 项，不上传任何文件", f"Answers {count} questions, uploads nothing"))
    form = visitor.open(f"/apply/{story['item']}/{story['decided_in']}/", fresh="1")
    check = visitor.send(form, form.get_form(*answers), answers)
    telling.step(words("核对答案，提交", "Checks the answers and hands in"))
    ticked = {statement["name"]: statement["value"]}
    case = visitor.send(check, check.get_form(*ticked), ticked)
    if "/cases/" not in case.address:
        raise PageProblem(f"{case.address} ({case.status}) is not a case's page")
    number = case.address.rstrip("/").rpartition("/")[2]
    telling.detail(words(f"办件编号 {number}", f"Case number {number}"))
    return number


def _follow(address: str, token: str, number: str, telling: Telling) -> Plain:
    """Tell each step as the receiving zone learns of it, until the sealed document is there."""
    told = 0
    last_who: Words = {}
    case: Plain = {}

    def look() -> bool:
        nonlocal told, last_who, case
        case = _ask(address, f"/api/v1/cases/{number}", token)
        steps = case["steps"]
        is_over = bool(case["document_digest"]) or case["waits_for"] in ("person", "applicant")
        # More answers of the same round may still join the last step.
        may_grow = not is_over and steps and steps[-1]["name"].startswith("Evidence")
        ready = len(steps) - bool(may_grow)
        for step in steps[told:ready]:
            last_who = _tell_step(step, case, last_who, telling)
        told = max(told, ready)
        return is_over

    _look_until(look, PATIENCE_SECONDS)
    return case


def _tell_step(step: Plain, case: Plain, last_who: Words, telling: Telling) -> Words:
    """Tell one step; who acted comes again only when it is somebody else."""
    names, bureaus = step["who"], step["authority"]
    who = {language: f"{names[language]} — {bureaus[language]}" for language in ("zh", "en")}
    at = datetime.fromisoformat(step["at"])
    details = [*([] if who == last_who else [who]), *step["details"]]
    telling.step(step["title"], details, at=at, source=step["source"])
    if step["name"] == "Assessed":
        for finding in case["findings"]:
            telling.mark(SIGNS[finding["mark"]], finding["asks"], finding["source"])
    return who


def _check_number(address: str, story: Plain, case: Plain, telling: Telling) -> None:
    """Check the licence at a zone that neither received nor decided it, once its ledger has taken it in."""
    number, where = case["licence_number"], story["checked_in"]
    verdict: Plain = {}

    def look() -> bool:
        nonlocal verdict
        verdict = _ask(address, "/api/v1/checks", number=number)
        return bool(verdict["outcome"] != "unsure")

    _look_until(look, LEDGER_SECONDS)
    said = words(
        f"在第三个区（{where}）公开核验证照编号",
        f"Checks the licence at a third zone ({where}), as anybody may",
    )
    telling.step(said, [words(number, number)])
    _tell_verdict(verdict, telling)


def _take_document(visitor: Visitor, number: str) -> Page:
    """Download the sealed document where the application was handed in, once it has come."""
    document = visitor.open(f"/cases/{number}/document/")

    def look() -> bool:
        nonlocal document
        document = visitor.open(f"/cases/{number}/document/")
        return document.status != httpx.codes.NOT_FOUND

    if document.status == httpx.codes.NOT_FOUND:
        _look_until(look, PATIENCE_SECONDS)
    return document


def _check_document(address: str, document: Page, telling: Telling) -> None:
    """Check the sealed document there too, byte for byte."""
    if document.status != httpx.codes.OK:
        raise PageProblem(f"{document.address} ({document.status}) is not the sealed document")
    files = {"document": ("licence.pdf", document.content, "application/pdf")}
    answer = httpx.post(
        f"{address}/api/v1/checks/document", files=files, timeout=PATIENCE_SECONDS, trust_env=False
    )
    answer.raise_for_status()
    size = len(document.content) // 1024
    telling.step(words(f"盖章的 PDF（{size} KB）也拿去核验", f"Has the sealed PDF ({size} KB) checked too"))
    _tell_verdict(answer.json(), telling)


def _tell_verdict(verdict: Plain, telling: Telling) -> None:
    for number, step in enumerate(verdict["steps"], start=1):
        asks, says = step["asks"], step["says"]
        both = words(f"{number}. {asks['zh']}：{says['zh']}", f"{number}. {asks['en']}: {says['en']}")
        telling.mark(SIGNS[step["found"]], both)


def _ask(address: str, path: str, token: str = "", **query: str) -> Plain:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.get(
        address + path, params=query, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False
    )
    answer.raise_for_status()
    plain: Plain = answer.json()
    return plain


def _look_until(look: Callable[[], bool], seconds: float) -> None:
    """Look again and again until it is so, or patience ends."""
    deadline = time.monotonic() + seconds
    while not look() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_SECONDS)


_LOGGED_IN = words("代办人登录苏州高新区门户", "The agent logs in at Suzhou's portal")
_FOR_WHOM = words(
    "替一家无锡的旅行社，备案设在常州的分社。",
    "For a travel agency of Wuxi: to file its branch in Changzhou.",
)
_DONE = words(
    "全程 {total} 秒。已有的材料一份没交，人一步没跑。",
    "{total} s in all. No paper that a zone holds was handed in, and nobody travelled.",
)

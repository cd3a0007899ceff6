"""One application played through three zones over HTTP: handed in, asked about, decided, sealed, checked."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import yaml

from tongban.hosting.state import CHECKOUT
from tongban.hosting.telling import Telling, words
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
        _find_item(visitor, story, telling)
        number = _hand_in(visitor, story, telling)
        case = _follow(addresses[story["received_in"]], token, number, telling)
        if not case.get("licence_number"):
            stands = words(
                f"办件 {number} 尚未办结，请登录查看。", f"Case {number} is still open; log in to see it."
            )
            telling.end(stands)
            return ""
        document = visitor.open(f"/cases/{number}/document/")
    _check_number(addresses[story["checked_in"]], story, case, telling)
    _check_document(addresses[story["checked_in"]], document, telling)
    total = telling.elapsed()
    zh = f"全程 {total:.1f} 秒。已有的材料一份没交，人一步没跑。"
    telling.end(
        words(zh, f"{total:.1f} s in all. No paper that a zone holds was handed in, and nobody travelled.")
    )
    return str(case["licence_number"])


def _find_item(visitor: Visitor, story: Plain, telling: Telling) -> None:
    """Log in, find the item by a word, read its guide."""
    login = visitor.open("/login/")
    inside = visitor.send(
        login,
        login.get_form("username", "password"),
        {"username": story["account"], "password": story["password"]},
    )
    if "/login/" in inside.address:
        raise PageProblem(f"{inside.address} does not let {story['account']} in")
    telling.step(
        words("代办人登录苏州高新区门户", "The agent logs in at Suzhou's portal"),
        [
            words(
                "替一家无锡的旅行社办事，分社设在常州。",
                "For a travel agency of Wuxi whose branch is in Changzhou.",
            )
        ],
    )
    found = visitor.open("/items/", q=story["looks_for"])
    if f"/items/{story['item']}/" not in found.html:
        raise PageProblem(f"{found.address} does not list {story['item']}")
    visitor.open(f"/items/{story['item']}/")
    telling.step(
        words(
            f"搜索“{story['looks_for']}”，打开办事指南",
            f"Searches “{story['looks_for']}” and opens the guide",
        )
    )


def _hand_in(visitor: Visitor, story: Plain, telling: Telling) -> str:
    """Fill the form in, look at the answers once more, hand in; returns the case number."""
    form = visitor.open(f"/apply/{story['item']}/{story['decided_in']}/", fresh="1")
    answers = story["answers"]
    telling.step(
        words(
            f"填写 {len(answers)} 个问题，不上传任何文件",
            f"Answers {len(answers)} questions and uploads nothing",
        )
    )
    check = visitor.send(form, form.get_form(*answers), answers)
    statement = story["statement"]
    ticked = check.get_form(statement["name"])
    case = visitor.send(check, ticked, {statement["name"]: statement["value"]})
    if "/cases/" not in case.address:
        raise PageProblem(f"{case.address} ({case.status}) is not a case's page")
    number = case.address.rstrip("/").rpartition("/")[2]
    telling.step(
        words("核对后提交，取得办件编号", "Checks the answers, hands in, has a case number"),
        [words(number, number)],
    )
    return number


def _follow(address: str, token: str, number: str, telling: Telling) -> Plain:
    """Tell each step as the receiving zone learns of it, until the sealed document is there."""
    told = 0
    case: Plain = {}

    def look() -> bool:
        nonlocal told, case
        case = _ask(address, f"/api/v1/cases/{number}", token)
        for step in case["steps"][told:]:
            _tell_step(step, case, telling)
        told = len(case["steps"])
        return bool(case["document_digest"]) or case["waits_for"] in ("person", "applicant")

    _look_until(look, PATIENCE_SECONDS)
    return case


def _tell_step(step: Plain, case: Plain, telling: Telling) -> None:
    who = words(
        f"{step['who']['zh']} — {step['authority']['zh']}", f"{step['who']['en']} — {step['authority']['en']}"
    )
    at = datetime.fromisoformat(step["at"])
    telling.step(step["title"], [who, *step["details"]], at=at, source=step["source"])
    if step["name"] == "Assessed":
        for finding in case["findings"]:
            telling.mark(SIGNS[finding["mark"]], finding["asks"], finding["source"])


def _check_number(address: str, story: Plain, case: Plain, telling: Telling) -> None:
    """Check the licence at a zone that neither received nor decided it, once its ledger has taken it in."""
    verdict: Plain = {}

    def look() -> bool:
        nonlocal verdict
        verdict = _ask(address, "/api/v1/checks", number=case["licence_number"])
        return bool(verdict["outcome"] != "unsure")

    _look_until(look, LEDGER_SECONDS)
    telling.step(
        words(
            f"任何人都可以核验：在第三个区（{story['checked_in']}）查证照编号",
            f"Anybody may check: the licence number at a third zone ({story['checked_in']})",
        ),
        [words(case["licence_number"], case["licence_number"])],
    )
    _tell_verdict(verdict, telling)


def _check_document(address: str, document: Page, telling: Telling) -> None:
    """Check the sealed document there too, byte for byte."""
    if document.status != httpx.codes.OK:
        telling.step(
            words("盖章文件还没有送到收件区", "The sealed document has not reached the receiving zone")
        )
        return
    files = {"document": ("licence.pdf", document.content, "application/pdf")}
    answer = httpx.post(
        f"{address}/api/v1/checks/document", files=files, timeout=PATIENCE_SECONDS, trust_env=False
    )
    answer.raise_for_status()
    size = len(document.content) // 1024
    telling.step(
        words(
            f"下载盖章的 PDF（{size} KB），也拿去核验",
            f"Downloads the sealed PDF ({size} KB) and has it checked too",
        )
    )
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

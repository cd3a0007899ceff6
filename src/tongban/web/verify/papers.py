"""Checking a written document by the code printed on it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban import wiring
from tongban.flows.check_paper import check_paper
from tongban.flows.paper_store import PublicPaper
from tongban.flows.verify import Found, Step
from tongban.kernel.text import Text
from tongban.reads.papers import find_kind
from tongban.web.shared.parts import ProofStep
from tongban.web.shared.proof_words import OUTCOMES

_CODE_CHARACTERS = 100


def code(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether this zone wrote the document, and what each step proved; nothing about whom it concerns."""
    found, steps = check_paper(code[:_CODE_CHARACTERS], wiring.get_deps())
    return show(request, found, steps)


def show(request: HttpRequest, found: PublicPaper | None, steps: tuple[Step, ...]) -> HttpResponse:
    """Show what was proved of a document."""
    deps = wiring.get_deps()
    results = {step.found for step in steps}
    outcome, title, words = _say(results, found is not None or Found.PROVED in results)
    context = {
        "paper": found,
        "kind": find_kind(found.kind, deps) if found else None,
        "zone": deps.catalogue.zones[deps.zone],
        "outcome": outcome,
        "title": title,
        "words": words,
        "steps": [_part(step) for step in steps],
        "is_demo_seal": settings.DEMO,
    }
    return render(
        request, "verify/paper.html", context, status=200 if found or Found.PROVED in results else 404
    )


def _part(step: Step) -> ProofStep:
    return ProofStep(step.asks, OUTCOMES[step.found], step.says)


def _say(found: set[Found], is_known: bool) -> tuple[str, Text, Text]:
    if not is_known:
        return "fail", _NOT_HERE, _NOT_HERE_WORDS
    if Found.FAILED in found:
        return "fail", _BAD, _BAD_WORDS
    if Found.UNKNOWN in found:
        return "waiting", _ELSEWHERE, _ELSEWHERE_WORDS
    if Found.WAITING in found:
        return "waiting", _UNSURE, _UNSURE_WORDS
    return "pass", _GOOD, _GOOD_WORDS


_GOOD = Text("文书真实", "This document is genuine")
_GOOD_WORDS = Text(
    "编号、摘要和账本都与登记一致。请再对照纸面文字。",
    "Number, digest and ledger agree with the register. Compare the words on paper as well.",
)
_UNSURE = Text("暂时不能确定", "Not certain yet")
_UNSURE_WORDS = Text(
    "没有发现问题，入账还需一两秒。稍后再核验一次。",
    "Nothing is wrong; the ledger needs a second or two. Check again a little later.",
)
_ELSEWHERE = Text(
    "印章是真的，登记要到制作机关所在区查", "The seal is genuine; another zone's register has it"
)
_ELSEWHERE_WORDS = Text(
    "这份文件没有被改动过。是否在登记中，由制作它的区回答。",
    "The file was not changed. Whether it is on record, the zone that made it says.",
)
_BAD = Text("核验没有通过", "The check failed")
_BAD_WORDS = Text(
    "不要据此办事。没有通过的步骤写在下面。", "Do not rely on it. Below stands which step failed."
)
_NOT_HERE = Text("这里查不到这份文书", "Not found here")
_NOT_HERE_WORDS = Text(
    "请确认二维码完整，并在文书上写明的机关所在区核验。",
    "Make sure that the code is whole, and check it at the zone of the authority named on the document.",
)

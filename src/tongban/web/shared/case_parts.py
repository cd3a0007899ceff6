"""A case's page as values for templates: lights, tags, zones asked, QR code; for every role alike."""

from base64 import b64encode
from typing import Any

from tongban.domain.rules.table import Mark
from tongban.kernel.text import Text
from tongban.paper.qr import qr_svg
from tongban.reads.case_clocks import say_elapsed
from tongban.reads.case_next import read_next
from tongban.reads.case_page import AnswerLine, CasePage, ClockLine
from tongban.reads.case_timeline import Step
from tongban.web.shared.parts import Asked, Colour, Light, Row, Tag

STAGE_COLOURS: dict[str, Colour] = {
    "received": "blue",
    "correcting": "yellow",
    "accepted": "blue",
    "assessed": "blue",
    "granted": "green",
    "concluded": "green",
    "refused": "red",
    "declined": "red",
    "unneeded": "grey",
    "withdrawn": "grey",
    "returned": "yellow",
    "published": "blue",
    "elsewhere": "blue",
    "paused": "yellow",
    "ended": "grey",
}
ADVERSE = (
    "GrantRefused", "Declined", "CredentialVoided", "BenefitEnded", "NotNeededDeclared",
    "NotCompetentDeclared",
    "LicenceWithdrawn", "LicenceVoided", "LicenceCancelled", "LicenceRevoked",
)  # fmt: skip
"""Events after which reasons and remedies must stand on top of the page (all-2019#38.2)."""
MARK_TAGS: dict[Mark, Tag] = {
    Mark.MET: Tag(Text("符合", "Met"), "green"),
    Mark.UNMET: Tag(Text("不符合", "Not met"), "red"),
    Mark.UNKNOWN: Tag(Text("无法确定", "Cannot be known"), "yellow"),
    Mark.NOT_APPLICABLE: Tag(Text("不适用", "Does not apply"), "grey"),
}


def compose_case_context(page: CasePage) -> dict[str, Any]:
    """Return what ``case.html`` needs; the officer's page may use the same."""
    lines = page.explanation.lines if page.explanation else ()
    return {
        "page": page,
        "next": read_next(page),
        "tag": stage_tag(page),
        "adverse": find_adverse(page),
        **compose_clocks(page),
        "asked": asked_parts(page),
        "findings": [(line, MARK_TAGS[line.mark]) for line in lines],
        "advice": [line for line in lines if line.advice],
        "answer_rows": [answer_row(line) for line in page.answers],
        "qr_image": qr_image(page.licence.verify_url) if page.licence else "",
        "took": took_words(page),
    }


def compose_clocks(page: CasePage) -> dict[str, Any]:
    """Return the clocks that run, and the user's own, for ``case_clocks.html``."""
    return {
        "clocks": [(line, light_of(line)) for line in page.clocks],
        "user_clock": page.user_clock,
        "user_words": say_elapsed(page.user_clock),
    }


def find_adverse(page: CasePage) -> Step | None:
    """Return the decision against the applicant, with its reasons first; None when there is none."""
    return next((step for step in reversed(page.steps) if step.name in ADVERSE), None)


def stage_tag(page: CasePage) -> Tag:
    """Return where the case stands, in the words of its regime."""
    return Tag(page.status, STAGE_COLOURS[page.case.stage])


def light_of(line: ClockLine) -> Light:
    """Return a clock's lamp; grey when no date is known yet."""
    return Light(line.light.value if line.light else "grey", line.left)


def asked_parts(page: CasePage) -> list[Asked]:
    """Return the zones asked, with how often and since when."""
    parts = []
    for one in page.asked:
        took_ms = None
        if one.answered_at is not None:
            took_ms = round((one.answered_at - one.asked_at).total_seconds() * 1000)
        tried = _TRIED.fill(tries=one.tries) if one.state == "waiting" and one.tries else None
        parts.append(Asked(one.zone.short_name, one.kind.title, one.state, one.asked_at, took_ms, tried))
    return parts


def answer_row(line: AnswerLine) -> Row:
    """Return an answer as a line of a summary list."""
    return Row(line.label, line.values)


def took_words(page: CasePage) -> Text | None:
    """Return how long an ended case took, from receipt to end, in the unit that suits."""
    if page.ended_at is None:
        return None
    seconds = (page.ended_at - page.received_at).total_seconds()
    if seconds < 60:
        return Text(f"{seconds:.1f} 秒", f"{seconds:.1f} seconds")
    if seconds < 7200:
        return Text(f"{seconds / 60:.0f} 分钟", f"{seconds / 60:.0f} minutes")
    if seconds < 172800:
        return Text(f"{seconds / 3600:.0f} 小时", f"{seconds / 3600:.0f} hours")
    return Text(f"{seconds / 86400:.0f} 天", f"{seconds / 86400:.0f} days")


def qr_image(address: str) -> str:
    """Return a QR code as a ``data:`` address, which the pages' policy allows for images."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(address).encode("utf-8")).decode("ascii")


_TRIED = Text("已尝试 {tries} 次", "{tries} tries so far")

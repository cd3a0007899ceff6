"""The travel agency's branch, as its agent fills the form in on a page in either language."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.portals import tick
from tongban.hosting.story import FOLDER, read_story

ITEM = "travel-agency-branch-filing"
LABELS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "branch_uscc": "分社统一社会信用代码",
        "branch_name": "分社名称",
        "branch_address": "分社经营场所",
        "branch_head": "分社负责人姓名",
    },
    "en": {
        "branch_uscc": "Branch's unified social credit code",
        "branch_name": "Name of the branch",
        "branch_address": "Premises of the branch",
        "branch_head": "Head of the branch",
    },
}
"""What has to be typed; the rest is filled in by the page, from the account."""
SCOPE = {
    "zh": {"domestic": "国内旅游业务", "inbound": "入境旅游业务", "outbound": "出境旅游业务"},
    "en": {"domestic": "Domestic travel", "inbound": "Inbound travel", "outbound": "Outbound travel"},
}
UNKNOWN_BRANCH = "91320411MB0000007D"
"""A code that checks and that no register holds."""


def answers(**changes: str | list[str]) -> dict[str, str | list[str]]:
    """The story's answers."""
    return {**read_story(FOLDER)["answers"], **changes}


def fill_in(page: Page, language: str, **changes: str) -> None:
    """Type the story's answers into the form and tick what the branch will do."""
    known = answers(**changes)
    for name, label in LABELS[language].items():
        page.get_by_label(label, exact=True).fill(str(known[name]))
    for one in known["scope"]:
        tick(page, SCOPE[language][one])

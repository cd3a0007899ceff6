"""Take the pictures under docs/screens from a running demonstration (make up, then make screens).

Each page in Chinese at desktop width and in English at phone width, as WebP. Two cases are handed in on the
way: one that is granted at once, and one that goes to a person.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
SUZHOU, WUXI, CHANGZHOU = (f"http://127.0.0.1:{port}" for port in (8001, 8002, 8003))
PASSWORD = "demo-not-secret"  # noqa: S105  printed on the demonstration's login page
ITEM = "travel-agency-branch-filing"
CHROMIUM = "/usr/bin/chromium"
LONGEST_PICTURE_PX = 4200
SIZES = {"zh": (1280, 900), "en": (390, 844)}


@dataclass(frozen=True)
class Shot:
    """One page: its file name, address, who looks, and what it shows."""

    name: str
    address: str
    who: str
    says: str


def main() -> int:
    """0 when every picture was taken."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        shots = list_shots(browser)
        for language, (width, height) in SIZES.items():
            pages: dict[tuple[str, str], Page] = {}
            for shot in shots:
                key = (shot.who, shot.address.split("/", 3)[2])
                if key not in pages:
                    context = browser.new_context(viewport={"width": width, "height": height})
                    pages[key] = log_in(context.new_page(), shot.address, shot.who)
                take(pages[key], shot, language)
        browser.close()
    write_index(shots)
    return 0


def list_guard_shots() -> list[Shot]:
    """How the machine is held: the steward's pages, and the officer's later checks."""
    steward, room = "changzhou-steward", f"{CHANGZHOU}/steward"
    example = f"{room}/items/{ITEM}/examples/01-granted-from-another-zone/"
    return [
        Shot("20-steward", f"{room}/", steward, "Items, and how the machine is held on each"),
        Shot("21-steward-item", f"{room}/items/{ITEM}/", steward, "One item's machine"),
        Shot("22-stop", f"{room}/items/{ITEM}/stop/", steward, "Stopping the machine asks before"),
        Shot("23-example", example, steward, "An example case, step by step"),
        Shot("24-checks", f"{CHANGZHOU}/officer/checks/", "changzhou-officer", "Grants to look at again"),
    ]


def list_later_shots(granted: str) -> list[Shot]:
    """What came with procedures, bundles, the common standard, documents and ratings."""
    steward, room = "changzhou-steward", f"{CHANGZHOU}/steward"
    promise = f"{SUZHOU}/items/hairdresser-hygiene-permit/?zone=changzhou"
    return [
        Shot("30-bundles", f"{SUZHOU}/items/", "", "One thing at one go, and single services"),
        Shot("31-bundle", f"{SUZHOU}/bundles/open-hairdresser-or-hotel/", "", "A bundle asks the situation"),
        Shot("32-promise", promise, "", "Guide of an item on a promise, three zones compared"),
        Shot("33-no-machine", f"{SUZHOU}/items/food-licence-new/", "", "Why a person decides here"),
        Shot("34-rate", f"{SUZHOU}/cases/{granted}/rate/deciding/", "agency", "Rating a zone"),
        Shot("35-ratings", f"{CHANGZHOU}/ratings/", "", "Public numbers of ratings"),
        Shot(
            "36-documents",
            f"{CHANGZHOU}/cases/{granted}/",
            "agency",
            "A case with its documents, where it was decided",
        ),
        Shot("37-promises", f"{CHANGZHOU}/officer/promises/", "changzhou-officer", "Promises to look into"),
        Shot("38-notices", f"{WUXI}/officer/notices/", "wuxi-officer", "Notices from other zones"),
        Shot("39-standard", f"{room}/standard/", steward, "The common standard"),
        Shot("40-compared", f"{room}/standard/items/{ITEM}/", steward, "Three zones side by side"),
        Shot("41-table", f"{room}/table/", steward, "The alliance's table"),
        Shot("42-replay", f"{room}/replay/", steward, "Past decisions run again"),
    ]


def log_in(page: Page, address: str, who: str) -> Page:
    """Log a demonstration's account in at the node of an address; nobody for an empty name."""
    page.set_default_timeout(60_000)
    if who:
        page.goto("/".join(address.split("/", 3)[:3]) + "/login/?lang=zh")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def take(page: Page, shot: Shot, language: str) -> None:
    """Take one picture and keep it small."""
    mark = "&" if "?" in shot.address else "?"
    page.goto(f"{shot.address}{mark}lang={language}")
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    if picture.height > LONGEST_PICTURE_PX:
        picture = picture.crop((0, 0, picture.width, LONGEST_PICTURE_PX))
    picture.convert("RGB").save(SCREENS / f"{shot.name}-{language}.webp", quality=72, method=6)


def hand_in(browser: Browser, **changes: object) -> str:
    """Hand the branch filing in at Suzhou through its pages; return the case number."""
    from tests.browser.branch import answers  # the story's answers, kept once

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = log_in(context.new_page(), SUZHOU, "agency")
    page.goto(f"{SUZHOU}/apply/{ITEM}/changzhou/?lang=zh")
    for name, value in {**answers(), **changes}.items():
        if isinstance(value, list):
            for one in value:
                page.check(
                    f"input[name='answers.{name}'][value='{one}'], input[name='{name}'][value='{one}']",
                    force=True,
                )
        else:
            page.fill(f"[name='answers.{name}'], [name='{name}']", str(value))
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    page.locator("label[for=field-truth]").click()
    page.click("main form button[type=submit]")
    page.wait_for_url("**/cases/**")
    number = page.url.split("/cases/")[1].split("/")[0]
    context.close()
    return number


def list_shots(browser: Browser) -> list[Shot]:
    """Hand two cases in, and return every page worth a picture."""
    granted, referred = hand_in(browser), hand_in(browser, scope=["domestic", "outbound"])
    licence = wait_for_licence(browser, granted)
    return [
        Shot("01-home", f"{SUZHOU}/", "", "First page of a node"),
        Shot("02-search", f"{SUZHOU}/items/?q=lxs", "", "Search by pinyin initials"),
        Shot("03-guide", f"{SUZHOU}/items/{ITEM}/?zone=changzhou", "", "Guide: what is not asked, and why"),
        Shot("04-login", f"{SUZHOU}/login/", "", "Log in, with the demonstration's accounts"),
        Shot("05-form", f"{SUZHOU}/apply/{ITEM}/changzhou/", "agency", "Form with what is known filled in"),
        Shot("06-case", f"{SUZHOU}/cases/{granted}/", "agency", "A granted case, where it was received"),
        Shot("07-referred", f"{SUZHOU}/cases/{referred}/", "agency", "A case that a person decides"),
        Shot("08-my", f"{SUZHOU}/my/", "agency", "My cases"),
        Shot("09-verify", f"{WUXI}/verify/", "", "Check a licence"),
        Shot("10-verdict", f"{WUXI}/verify/?number={licence}", "", "What each step of a check proved"),
        Shot("11-worklist", f"{CHANGZHOU}/officer/", "changzhou-officer", "The officer's worklist"),
        Shot(
            "12-examine",
            f"{CHANGZHOU}/officer/cases/{referred}/",
            "changzhou-officer",
            "Facts, sources, findings",
        ),
        *list_guard_shots(),
        *list_later_shots(granted),
        Shot("13-window", f"{WUXI}/window/", "wuxi-clerk", "The window's desk"),
        Shot("14-taken-in", f"{WUXI}/window/cases/", "wuxi-clerk", "What was taken in"),
        Shot("15-not-here", f"{SUZHOU}/cases/SZ260101-00000000/", "agency", "A number that is not here"),
    ]


def wait_for_licence(browser: Browser, number: str) -> str:
    """Return the licence number of a case once it is issued."""
    context = browser.new_context()
    page = log_in(context.new_page(), CHANGZHOU, "agency")
    page.goto(f"{CHANGZHOU}/cases/{number}/?lang=zh")
    page.get_by_text("下载盖章 PDF").first.wait_for()
    licence = next(word for word in page.inner_text("main").split() if word.startswith("1.2.156."))
    context.close()
    return licence


def write_index(shots: list[Shot]) -> None:
    """Write the page that lists the pictures."""
    lines = [
        "# Screens",
        "",
        "Taken by `make screens` from a running demonstration: Chinese at desktop width, English on a phone.",
        "",
        "| page | 中文 | English |",
        "|---|---|---|",
    ]
    for shot in shots:
        files = [f"[{language}]({shot.name}-{language}.webp)" for language in SIZES]
        lines.append(f"| {shot.says} | {files[0]} | {files[1]} |")
    (SCREENS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())

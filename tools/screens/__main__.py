"""Take the pictures: some cases are handed in on the way, then every page is opened as its reader sees it."""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.screens import deeds
from tools.screens.applicants import Made, list_applicant_shots
from tools.screens.papers import take_papers
from tools.screens.shot import SIZES, Shot, log_in
from tools.screens.staff import list_desk_shots, list_seal_shots, list_steward_shots, list_window_shots

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LONGEST_PICTURE_PX = 4200


def main() -> int:
    """0 when every picture was taken."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        made = make_cases(browser)
        shots = list_shots(made)
        for language, size in dict.fromkeys(way for shot in shots for way in shot.ways):
            _take_all([shot for shot in shots if (language, size) in shot.ways], browser, language, size)
        papers = take_papers(browser, made.granted, "90-granted", SCREENS)
        papers += take_papers(browser, made.refused, "91-refused", SCREENS)
        browser.close()
    write_index(shots, papers)
    return 0


def make_cases(browser: Browser) -> Made:
    """Hand in what there is to look at: granted, waiting for a person, refused, and a shop in one thing."""
    outbound = {"scope": ["domestic", "outbound"]}
    granted, refused = deeds.hand_in(browser), deeds.hand_in(browser, **outbound)
    receipt, composite = deeds.found_a_shop(browser)
    deeds.refuse(browser, refused)
    referred, licence = deeds.hand_in(browser, **outbound), deeds.wait_for_licence(browser, granted)
    return Made(granted, referred, refused, licence, receipt, composite)


def list_shots(made: Made) -> list[Shot]:
    """Return every page worth a picture, by number."""
    shots = [
        *list_applicant_shots(made),
        *list_window_shots(),
        *list_desk_shots(made),
        *list_seal_shots(),
        *list_steward_shots(),
    ]
    return sorted(shots, key=lambda shot: shot.name)


def _take_all(shots: list[Shot], browser: Browser, language: str, size: str) -> None:
    """Take one language and size; everybody logs in once at each node they go to."""
    width, height = SIZES[size]
    pages: dict[tuple[str, str], Page] = {}
    for shot in shots:
        key = (shot.who, shot.address.split("/", 3)[2])
        if key not in pages:
            context = browser.new_context(viewport={"width": width, "height": height})
            pages[key] = log_in(context.new_page(), shot.address, shot.who)
        take(pages[key], shot, language, size)
    for page in pages.values():
        page.context.close()


def take(page: Page, shot: Shot, language: str, size: str) -> None:
    """Take one picture and keep it small."""
    mark = "&" if "?" in shot.address else "?"
    print(f"  {shot.name} {language} {size}", flush=True)
    page.goto(f"{shot.address}{mark}lang={language}")
    if shot.act is not None:
        shot.act(page)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    if picture.height > LONGEST_PICTURE_PX:
        picture = picture.crop((0, 0, picture.width, LONGEST_PICTURE_PX))
    picture.convert("RGB").save(SCREENS / shot.name_file(language, size), quality=50, method=6)


def write_index(shots: list[Shot], papers: list[tuple[str, str]]) -> None:
    """Write the page that lists the pictures."""
    lines = [
        "# Screens",
        "",
        "Taken by `make screens` from a running demonstration: Chinese at desktop width and English on a",
        "phone, and the pages that matter most the other way round too.",
        "",
        "| page | pictures |",
        "|---|---|",
    ]
    for shot in shots:
        files = [f"[{way[0]} {way[1]}]({shot.name_file(*way)})" for way in shot.ways]
        lines.append(f"| {shot.says} | {' · '.join(files)} |")
    lines += ["", "Sealed documents, drawn from the PDF files that are served:", ""]
    lines += [f"- [{title}]({name})" for name, title in papers]
    (SCREENS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

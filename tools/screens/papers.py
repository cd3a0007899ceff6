"""Pictures of sealed documents as they are printed, drawn from the very files that are served."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser

from tools.screens.shot import CHANGZHOU, log_in

PIXELS_PER_POINT = 1.3


def take_papers(browser: Browser, case_id: str, prefix: str, folder: Path) -> list[tuple[str, str]]:
    """Draw the first page of each document of a case; return file names and titles."""
    context = browser.new_context()
    page = log_in(context.new_page(), CHANGZHOU, "agency")
    page.goto(f"{CHANGZHOU}/cases/{case_id}/?lang=zh")
    found = []
    for number, line in enumerate(page.locator(".tb-papers > li:has(.tb-paper-title)").all(), 1):
        title = " ".join(line.locator(".tb-paper-title").inner_text().split())
        name = f"{prefix}-{number}.webp"
        link = line.locator(".tb-paper-files a").first
        answer = context.request.get(f"{CHANGZHOU}{link.get_attribute('href')}")
        document = pypdfium2.PdfDocument(answer.body())
        document[0].render(scale=PIXELS_PER_POINT).to_pil().convert("RGB").save(folder / name, quality=60)
        found.append((name, title))
    context.close()
    return found

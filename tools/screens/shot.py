"""One picture: what it shows, who looks, and what is done on the page before."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

SUZHOU, WUXI, CHANGZHOU = (f"http://127.0.0.1:{port}" for port in (8001, 8002, 8003))
PASSWORD = "demo-not-secret"  # noqa: S105  printed on the demonstration's login page
ITEM = "travel-agency-branch-filing"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
USUAL_WAYS = (("zh", "desktop"), ("en", "phone"))
ALL_WAYS = (*USUAL_WAYS, ("zh", "phone"), ("en", "desktop"))
PATIENCE_MS = 60_000


@dataclass(frozen=True)
class Shot:
    """One page: its file name, address, who looks, and what it shows.

    Args:
        is_in_all: in both languages at both sizes, not only zh on a desk and en on a phone.
        act: what is done on the page before it is looked at.
    """

    name: str
    address: str
    who: str
    says: str
    is_in_all: bool = False
    act: Callable[[Page], None] | None = None

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Languages and sizes in which it is taken."""
        return ALL_WAYS if self.is_in_all else USUAL_WAYS

    def name_file(self, language: str, size: str) -> str:
        """Return the picture's file name; the usual ways go by their language alone."""
        usual = (language, size) in USUAL_WAYS
        return f"{self.name}-{language}{'' if usual else f'-{size}'}.webp"


def log_in(page: Page, address: str, who: str) -> Page:
    """Log a demonstration's account in at the node of an address; nobody for an empty name."""
    page.set_default_timeout(PATIENCE_MS)
    if who:
        page.goto("/".join(address.split("/", 3)[:3]) + "/login/?lang=zh")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
    return page


def send(page: Page) -> None:
    """Press the button of the page's own form, and wait for what comes."""
    with page.expect_navigation():
        page.locator("main form button.btn-primary[type=submit]").last.click()


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several by its value, pressing its words: the box itself may lie under them, or move."""
    box = page.locator(f"[name='{name}'][value='{value}']")
    if not box.is_checked():
        page.locator(f"label[for='{box.get_attribute('id')}']").click()

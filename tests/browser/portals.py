"""People in front of the three nodes' pages: logged in once each, every look in a window of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.patience import ask_until
from tests.web.browser import DESKTOP, PATIENCE_MS
from tongban.hosting.nodes import Node
from tongban.hosting.story import FOLDER, log_in, read_story
from tongban.hosting.visitor import Visitor
from tongban.web.shared.language import LANGUAGE_COOKIE


@dataclass(slots=True)
class Visits:
    """Who is logged in where: each person goes through a node's door once, and the visit is kept."""

    nodes: Mapping[str, Node]
    password: str = field(default_factory=lambda: read_story(FOLDER)["password"])
    inside: dict[tuple[str, str], Visitor] = field(default_factory=dict)

    def of(self, zone: str, login: str) -> Visitor:
        """Somebody logged in at a zone's node, who fills forms in faster than a browser does."""
        if (zone, login) not in self.inside:
            visitor = Visitor(self.nodes[zone].url)
            log_in(visitor, login, self.password)
            self.inside[zone, login] = visitor
        return self.inside[zone, login]

    def cookies(self, zone: str, login: str) -> list[dict[str, str]]:
        """What a browser window needs to be that person's."""
        pairs = (part.split("=", 1) for part in self.of(zone, login).cookies().split("; "))
        return [{"name": name, "value": value, "url": self.nodes[zone].url} for name, value in pairs]

    def hand_in(
        self, zone: str, login: str, item: str, deciding: str, answers: Mapping[str, str | list[str]]
    ) -> str:
        """Hand an application in and return its number."""
        visitor = self.of(zone, login)
        form = visitor.open(f"/apply/{item}/{deciding}/", fresh="1")
        check = visitor.send(form, form.get_form(*answers), answers)
        case = visitor.send(check, check.get_form("truth"), {"truth": "yes"})
        assert "/cases/" in case.address, case.html
        return case.address.rstrip("/").rpartition("/")[2]

    def wait_for(self, zone: str, login: str, path: str, words: str) -> str:
        """Look at a page until it says what is waited for, and return it."""
        visitor = self.of(zone, login)
        never = f"{path} at {zone} never says {words}"
        return ask_until(lambda: visitor.open(path).html, lambda html: words in html, never)


@dataclass(slots=True)
class Portals:
    """The three nodes as the browser sees them."""

    browser: Browser
    visits: Visits
    windows: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def address(self, zone: str, path: str = "/") -> str:
        """The address of a page at a zone's node."""
        return self.visits.nodes[zone].url + path

    def open(
        self, zone: str, path: str = "/", *, login: str = "", size: tuple[int, int] = DESKTOP,
        language: str = "zh", script: bool = True, csp: bool = True,
    ) -> Page:  # fmt: skip
        """Open a page in a new window, as somebody or as nobody; without the policy, axe may look at it."""
        window = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, bypass_csp=not csp
        )
        self.windows.append(window)
        window.set_default_timeout(PATIENCE_MS)
        window.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": self.address(zone)}])
        page = window.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._note(page, said.type, said.text))
        if login:
            self.enter(page, zone, login)
        page.goto(self.address(zone, path))
        return page

    def enter(self, page: Page, zone: str, login: str) -> None:
        """Be logged in at a zone's node from now on in this window."""
        page.context.add_cookies(self.visits.cookies(zone, login))  # type: ignore[arg-type]

    def go(self, page: Page, zone: str, path: str) -> Page:
        """Go on to a page of a zone's node in the same window."""
        page.goto(self.address(zone, path))
        return page

    def _note(self, page: Page, kind: str, words: str) -> None:
        # That a page was refused is what some tests are about; the browser's own grumble about it is not.
        if kind == "error" and "the server responded with a status of" not in words:
            self.complaints.append(f"{page.url}: {words}")

    def close(self) -> None:
        """Close all windows."""
        for window in self.windows:
            window.close()
        self.windows.clear()


def submit_the_form(page: Page, words: str) -> None:
    """Press the button of the page's own form."""
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def tick(page: Page, words: str) -> None:
    """Tick a box by pressing its words, as people do."""
    page.get_by_role("main").locator("label", has_text=words).click()
    expect(page.get_by_label(words)).to_be_checked()

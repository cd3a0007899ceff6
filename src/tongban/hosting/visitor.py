"""Somebody in front of a node's pages: opens addresses, fills forms in, sends them, as a browser would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import TracebackType
from typing import Self

import httpx

SECONDS = 30
MOST_BYTES = 8 * 1024 * 1024
Given = str | Sequence[str]
GivenFile = tuple[str, bytes, str]
"""Name, content and media type of a file that goes with a form."""


class PageProblem(Exception):
    """A page was not what a visitor expects; the sentence says which and why."""


@dataclass(slots=True)
class Form:
    """A form on a page.

    Args:
        action: where it is sent; empty for the page's own address.
        fields: names with the values they would be sent with as they stand.
        names: every name a visitor could fill in, unticked boxes too.
    """

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def fill(self, given: Mapping[str, Given]) -> dict[str, list[str]]:
        """Return what is sent: the form as it stands, with what is given for the names that it has."""
        kept = [(name, value) for name, value in self.fields if name not in given]
        for name, value in given.items():
            if name in self.names:
                kept += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        sent: dict[str, list[str]] = {}
        for name, value in kept:
            sent.setdefault(name, []).append(value)
        return sent


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came."""

    address: str
    status: int
    html: str
    content: bytes
    forms: tuple[Form, ...]

    def get_form(self, *names: str) -> Form:
        """Return the form that has all these names; raises PageProblem when there is none."""
        for form in self.forms:
            if form.method == "post" and set(names) <= form.names:
                return form
        raise PageProblem(f"{self.address} ({self.status}) has no form with {', '.join(names)}")


class Visitor:
    """One person with one browser window; cookies stay from page to page."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def open(self, path: str, **query: str) -> Page:
        """Open a page."""
        return _read(self._client.get(path, params=query or None))

    def send(
        self,
        page: Page,
        form: Form,
        given: Mapping[str, Given],
        files: Mapping[str, GivenFile] | None = None,
    ) -> Page:
        """Fill a form of a page in and send it, with files by name; returns the page it leads to."""
        address = str(httpx.URL(page.address).join(form.action)) if form.action else page.address
        headers = {"Referer": page.address}
        return _read(self._client.post(address, data=form.fill(given), files=files, headers=headers))

    def cookies(self) -> str:
        """Return the cookies as the header that a browser sends."""
        return "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())


def _read(response: httpx.Response) -> Page:
    if len(response.content) > MOST_BYTES:
        raise PageProblem(f"{response.url} sent {len(response.content)} bytes")
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    html = response.text if is_html else ""
    reader = _FormReader()
    reader.feed(html)
    return Page(str(response.url), response.status_code, html, response.content, tuple(reader.forms))


class _FormReader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._textarea = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._read_field(self._form, tag, given)

    def _read_field(self, form: Form, tag: str, given: Mapping[str, str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select and "selected" in given:
            form.fields.append((self._select, given.get("value", "")))
        if not name or "disabled" in given:
            return
        form.names.add(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea, self._text = name, []
        elif tag == "input" and _is_sent(given):
            form.fields.append((name, given.get("value", "on" if _is_box(given) else "")))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None and self._textarea:
            self._form.fields.append((self._textarea, "".join(self._text).removeprefix("\n")))
            self._textarea = ""


def _is_box(given: Mapping[str, str]) -> bool:
    return given.get("type", "") in ("checkbox", "radio")


def _is_sent(given: Mapping[str, str]) -> bool:
    if given.get("type", "text") in ("file", "submit", "button", "reset", "image"):
        return False
    return "checked" in given or not _is_box(given)

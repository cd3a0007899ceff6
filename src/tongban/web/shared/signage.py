"""What the pages know about this node: its zone's name, where to find an article, the demo's logins.

The roof puts the signs up once at start-up; a page reads them and never asks an adapter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.law import Article
from tongban.kernel.text import Text

FindArticle = Callable[[str], Article | None]


def find_nothing(_key: str) -> Article | None:
    """Find no article: what holds until the law is loaded; the pages then show the law's key alone."""
    return None


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """An account of the demonstration, as its login page shows it.

    Args:
        role: one of ``access.ROLES``.
        name: of the fictional person, with the fictional firm where it acts for one.
    """

    username: str
    password: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Signage:
    """The signs on the door.

    Args:
        zone: the zone's id.
        zone_name: its name on the screen.
        find_article: law key to the article, or None; ``LawBook.find`` is one.
        demo_logins: shown on the login page of a demonstration, and only there.
        items: what the zone offers, for the first page.
    """

    zone: str
    zone_name: Text
    find_article: FindArticle = find_nothing
    demo_logins: tuple[DemoLogin, ...] = ()
    items: tuple[ServiceItem, ...] = ()


_signs: list[Signage] = [Signage("", Text("未命名节点", "Unnamed node"))]


def put_up(signs: Signage) -> None:
    """Replace the signs; called once, by the roof."""
    _signs[0] = signs


def read_signs() -> Signage:
    """Return the signs that are up."""
    return _signs[0]

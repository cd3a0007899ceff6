"""What the pages know about this node: its zone's name, and how to find an article of law.

The roof puts the signs up once at start-up; a page reads them and never asks an adapter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tongban.domain.law import Article
from tongban.kernel.text import Text

FindArticle = Callable[[str], Article | None]


def find_nothing(_key: str) -> Article | None:
    """Find no article: what holds until the law is loaded; the pages then show the law's key alone."""
    return None


@dataclass(frozen=True, slots=True)
class Signage:
    """The signs on the door.

    Args:
        zone: the zone's id.
        zone_name: its name on the screen.
        find_article: law key to the article, or None; ``LawBook.find`` is one.
    """

    zone: str
    zone_name: Text
    find_article: FindArticle = find_nothing


_signs: list[Signage] = [Signage("", Text("未命名节点", "Unnamed node"))]


def put_up(signs: Signage) -> None:
    """Replace the signs; called once, by the roof."""
    _signs[0] = signs


def read_signs() -> Signage:
    """Return the signs that are up."""
    return _signs[0]

"""Every example of every pack, read once for the tests."""

from dataclasses import dataclass
from functools import cache

from tests.builders import CONTENT
from tongban.domain.catalogue.item import ServiceItem
from tongban.packs.load import Content, read_content
from tongban.packs.parse_example import Example, read_examples


@dataclass(frozen=True)
class ExampleOfItem:
    """An example with the item it belongs to."""

    item: ServiceItem
    example: Example

    @property
    def name(self) -> str:
        """Pack and file, as they stand in the folder."""
        return f"{self.item.id}/{self.example.path.stem}"


@cache
def content() -> Content:
    """Return the real content."""
    return read_content(CONTENT)


@cache
def all_examples() -> tuple[ExampleOfItem, ...]:
    """Return every example; those that cannot be read are among the reading's problems."""
    return tuple(
        ExampleOfItem(item, example)
        for pack, item in content().bases.items()
        for example in read_examples(pack, content().reading)
    )

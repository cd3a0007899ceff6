"""The example cases of an item's pack, played in memory for whoever wants to see them run."""

from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings

from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import ItemId
from tongban.packs.examples import Played, play_example
from tongban.packs.load import PackCatalogue
from tongban.packs.parse_example import Example, read_examples
from tongban.packs.reading import Reading
from tongban.wiring.node import Node


@lru_cache(maxsize=64)
def list_example_cases(item_id: ItemId) -> tuple[Example, ...]:
    """Return the examples of an item, in order of file name; read once, as a node reads its packs once.

    Raises:
        NotFound: there is no such pack.
        Refused: an example cannot be read.
    """
    folder = Path(settings.CONTENT_FOLDER)
    pack = folder / "items" / item_id
    if not pack.is_dir():
        raise NotFound(item_id)
    reading = Reading(folder)
    examples = read_examples(pack, reading)
    if reading.problems:
        raise Refused(*reading.problems)
    return examples


def play_example_case(node: Node, item_id: ItemId, name: str) -> tuple[Example, Played]:
    """Play one example through the real flows, in memory; raises NotFound when there is none of this name."""
    example = next((one for one in list_example_cases(item_id) if one.path.stem == name), None)
    if example is None:
        raise NotFound(name)
    return example, play_example(example, item_id, cast(PackCatalogue, node.deps.catalogue))

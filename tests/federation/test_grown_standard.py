"""A standard of several times today's size reaches every zone in one message and is ratified by all."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI
from tests.federation.network import Network
from tongban.domain.case.events import Actor
from tongban.domain.standard.acts import hash_files
from tongban.domain.standard.packed import PACKED_CHARS, count_bytes, pack_files
from tongban.domain.standard.proposal import ProposalState
from tongban.federation.limits import MAX_MESSAGE_BYTES
from tongban.flows import propose_standard
from tongban.flows.ports import Deps
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, ZoneId

FOOD = ItemId("prepackaged-food-filing")
STEWARD = Actor("steward", "steward", "事项管理员丁（演示）")


class Grown:
    """The catalogue, but one item's base files are other ones."""

    def __init__(self, inner: Any, files: Mapping[str, str]) -> None:
        self._inner, self._files = inner, files

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def get_base(self, item_id: ItemId) -> Any:
        base = self._inner.get_base(item_id)
        return replace(base, files=self._files, content_hash=hash_files(self._files))


def files_of_all(deps: Deps, count: int) -> dict[str, str]:
    """The files of several items put together, name by name: as long as content could become."""
    together: dict[str, str] = {}
    for item in sorted({item.id for item in deps.catalogue.items.values()})[:count]:
        for name, text in deps.catalogue.get_base(item).files.items():
            together[name] = together.get(name, "") + text
    return together


def let_grow(network: Network, zone: ZoneId, files: Mapping[str, str]) -> Deps:
    deps = replace(network.deps(zone), catalogue=Grown(network.deps(zone).catalogue, files))
    node = network.node(zone)
    network.wire.nodes[zone] = replace(node, station=replace(node.station, deps=deps))
    return deps


def test_content_of_five_times_todays_size_is_ratified_by_all_zones(network: Network) -> None:
    deps = network.deps(SUZHOU)
    items = {item.id for item in deps.catalogue.items.values()}
    longest = max(count_bytes(deps.catalogue.get_base(item).files) for item in items)
    files = files_of_all(deps, 8)
    assert count_bytes(files) > 4 * longest
    number = propose_standard.propose(FOOD, "内容增加", STEWARD, let_grow(network, SUZHOU, files))
    network.settle()
    for zone in (SUZHOU, WUXI, CHANGZHOU):
        told = propose_standard.get_proposal(number, network.deps(zone)).proposed
        assert dict(told.files) == files
        propose_standard.ratify(number, told.content_hash, STEWARD, network.deps(zone))
        network.settle()
    states = {propose_standard.get_proposal(number, one).state for one in network.all_deps().values()}
    assert states == {ProposalState.IN_FORCE}
    assert max(map(len, network.wire.messages_to(WUXI))) < MAX_MESSAGE_BYTES


def test_what_is_too_long_even_packed_is_refused_before_it_is_told(network: Network) -> None:
    chance = random.Random(1)
    noise = {"item.yaml": "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(120_000))}
    assert len(pack_files(noise)) > PACKED_CHARS
    with pytest.raises(Refused, match=r"standard\.too-long"):
        propose_standard.propose(FOOD, "内容增加", STEWARD, let_grow(network, SUZHOU, noise))
    network.settle()
    assert network.wire.messages_to(WUXI) == []


def test_the_longest_that_may_be_proposed_fits_into_one_message(network: Network) -> None:
    chance = random.Random(2)
    text = ""
    while len(pack_files({"item.yaml": text})) < PACKED_CHARS - 2_000:
        text += "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(500))
    propose_standard.propose(FOOD, "词" * 2_000, STEWARD, let_grow(network, SUZHOU, {"item.yaml": text}))
    network.settle()
    assert max(map(len, network.wire.messages_to(WUXI))) < MAX_MESSAGE_BYTES

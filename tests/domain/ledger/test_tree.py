"""The tree's hashes against the published ones."""

import pytest

from tongban.domain.ledger.tree import (
    EMPTY_ROOT,
    Growth,
    append,
    leaf_hash,
    node_hash,
    nodes_for_root,
    root_at,
)

# The eight entries and roots of certificate-transparency's own tests (google/certificate-transparency,
# cpp/merkletree/merkle_tree_test.cc, Apache-2.0; also transparency-dev/merkle testonly/constants.go).
ENTRIES = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243")] + [
    bytes.fromhex("5051525354555657"),
    bytes.fromhex("606162636465666768696a6b6c6d6e6f"),
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_the_published_roots_come_out(size: int, root: str) -> None:
    growth = append(0, lambda places: {}, [leaf_hash(entry) for entry in ENTRIES[:size]])
    assert growth.root.hex() == root


def test_an_append_asks_once_for_the_peaks_and_hands_back_only_new_nodes() -> None:
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    before = append(0, lambda places: {}, leaves[:5])
    held = {(level, index): each for level, index, each in before.nodes}
    asked = []

    def read(places):
        asked.append(list(places))
        return {place: held[place] for place in places}

    after = append(5, read, leaves[5:])
    assert asked == [[(2, 0), (0, 4)]]
    places = [(level, index) for level, index, _ in after.nodes]
    assert places == [(0, 5), (0, 6), (0, 7), (1, 2), (1, 3), (2, 1), (3, 0)]
    assert after.root.hex() == ROOTS[8]


def test_appending_nothing_changes_nothing() -> None:
    leaf = leaf_hash(b"one")
    assert append(1, lambda places: {(0, 0): leaf}, []) == Growth(1, leaf, ())
    assert append(0, lambda places: {}, []) == Growth(0, EMPTY_ROOT, ())


def test_a_store_that_lost_a_node_is_an_error_not_another_root() -> None:
    with pytest.raises(LookupError):
        root_at(3, lambda places: {(1, 0): leaf_hash(b"x")})


def test_the_peaks_of_a_size_are_its_binary_digits() -> None:
    assert nodes_for_root(0) == []
    assert nodes_for_root(13) == [(3, 0), (2, 2), (0, 12)]


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")
    assert leaf_hash(left + right) != node_hash(left, right)

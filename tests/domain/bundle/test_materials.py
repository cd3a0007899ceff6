"""A paper that several members list is listed once."""

from tests.builders import SUZHOU
from tests.domain.bundle.bundles import LAW, a_bundle, a_member, an_item, says
from tongban.domain.bundle.choose import choose_members
from tongban.domain.bundle.materials import MergedMaterial, merge_materials
from tongban.domain.catalogue.item import Material
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

PLAN = LawKey("all-2019#31.1")


def merged(*papers: tuple[Material, ...], **changes: object) -> tuple[MergedMaterial, ...]:
    names = ["one", "two", "three"][: len(papers)]
    items = {name: an_item(name, materials=own) for name, own in zip(names, papers, strict=True)}
    bundle = a_bundle(*map(a_member, names), **changes)
    return merge_materials(bundle, choose_members(bundle, {}, SUZHOU), items)


def test_the_same_paper_of_two_members_is_one() -> None:
    licence = Material(says("licence"), "business-licence", LAW)
    (one,) = merged((licence,), (licence,))
    assert one.members == ("one", "two")
    assert one.is_spared


def test_papers_that_mean_the_same_are_one_when_the_bundle_says_so() -> None:
    papers = (Material(Text("执照", "licence"), "", LAW),), (Material(Text("副本", "copy"), "", PLAN),)
    assert len(merged(*papers)) == 2
    (one,) = merged(*papers, same_materials=(("licence", "copy"),))
    assert (one.name.en, one.sources) == ("licence", (LAW, PLAN))


def test_a_paper_is_needed_as_soon_as_one_member_needs_it_by_hand() -> None:
    (one,) = merged((Material(says("plan"), "site-plan", LAW),), (Material(says("plan"), "", LAW),))
    assert not one.is_spared
    assert one.exempt_through == ("site-plan",)

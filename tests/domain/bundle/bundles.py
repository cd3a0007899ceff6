"""Bundles for tests: two made-up items that ask some of the same, and a few ways to join them."""

from collections.abc import Mapping
from dataclasses import replace

from tests.builders import SUZHOU, catalogue
from tongban.domain.bundle.bundle import Bundle, Elsewhere, Member, Output, SharedField, SituationTest
from tongban.domain.catalogue.form import Form, Question, Section
from tongban.domain.catalogue.item import Material, ServiceItem
from tongban.kernel.ids import BundleId, ItemId, LawKey
from tongban.kernel.text import Text

LAW = LawKey("all-2019#29")


def says(words: str) -> Text:
    """A sentence of one word."""
    return Text(f"{words}（示例）", words)


def a_question(identity: str, kind: str = "text", **changes: object) -> Question:
    """A question that is asked always."""
    return replace(Question(identity, kind, says(identity), "all-2019#31.1"), **changes)


def an_item(name: str, *questions: Question, materials: tuple[Material, ...] = ()) -> ServiceItem:
    """A real item of Suzhou with another form."""
    base = catalogue().get_item(ItemId("prepackaged-food-filing"), SUZHOU)
    form = Form((Section("all", says("all"), questions),))
    return replace(base, id=ItemId(name), title=says(name), form=form, materials=materials)


def a_member(
    identity: str, *needs: str, when: Mapping[str, object] | None = None, **changes: object
) -> Member:
    """A member of an item of the same name, wanted under one answer."""
    tests = tuple(SituationTest(name, (value,)) for name, value in (when or {}).items())
    return replace(Member(identity, says(identity), ItemId(identity), needs=needs, when=tests), **changes)


def elsewhere(identity: str, *needs: str) -> Member:
    """A member that others handle, without a limit."""
    there = Elsewhere(says("authority"), says("go there"), LAW)
    return Member(identity, says(identity), elsewhere=there, needs=needs)


def a_bundle(*members: Member, **changes: object) -> Bundle:
    """A bundle of Suzhou with one yes-or-no situation."""
    section = Section("about", says("about"), (a_question("wanted", "yes_no"),))
    bundle = Bundle(
        BundleId("a-bundle"), 1, says("bundle"), says("summary"), ("word", "词"), ("firm",), (LAW,),
        (SUZHOU,), ("online",), Form((section,)), members,
    )  # fmt: skip
    return replace(bundle, **changes)


def two_items() -> dict[str, ServiceItem]:
    """A licence and a permit that both ask for the premises, and the permit for the licence's number."""
    return {
        "licence": an_item("licence", a_question("premises", max_length=50), a_question("head")),
        "permit": an_item(
            "permit",
            a_question("place", max_length=20, is_required=False),
            a_question("licence_number"),
            a_question("stores", "yes_no"),
            a_question("store_address", shown_when=("stores", (True,))),
        ),
    }


def licence_then_permit(**changes: object) -> Bundle:
    """The permit waits for the licence, takes its number, and shares the premises."""
    permit = a_member("permit", "licence", takes={"licence_number": Output("licence", "number")})
    shared = SharedField("premises", (("licence", "premises"), ("permit", "place")))
    return a_bundle(a_member("licence"), permit, shared=(shared,), **changes)

"""A bundle that promises what no item bears out is refused, with the file, the line and the place."""

from dataclasses import replace

import pytest

from tests.builders import CONTENT
from tests.items.examples import content
from tongban.domain.bundle.bundle import ApplicantFrom, Bundle, Member, Output, SharedField
from tongban.kernel.errors import Problem
from tongban.kernel.ids import BundleId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.check_bundle import check_bundle
from tongban.packs.reading import Reading

FOLDER = CONTENT / "bundles" / "open-convenience-store"
FOOD = ItemId("prepackaged-food-filing")
REGISTRATION = ItemId("individual-business-registration")


def shop() -> Bundle:
    return content().bundles[FOLDER]


def changed(at: int, **changes: object) -> Bundle:
    members = list(shop().members)
    members[at] = replace(members[at], **changes)
    return replace(shop(), members=tuple(members))


def with_second(**changes: object) -> Bundle:
    """The shop with the same filing twice, the second behind the first."""
    from_first = ApplicantFrom("registration", "credit_code", "trade_name")
    plain = {"needs": ("packed-food",), "applicant": from_first, **changes}
    second = Member("second", Text("第二", "second"), FOOD, **plain)
    return replace(shop(), members=(*shop().members, second))


def sharing(*questions: str) -> Bundle:
    """The shop with one field that stands for these questions of its filing."""
    return replace(shop(), shared=(SharedField("x", tuple(("packed-food", one) for one in questions)),))


def a_reading() -> Reading:
    """The files as they were read, with nothing complained of yet."""
    reading = Reading(CONTENT)
    reading.sources = content().reading.sources
    return reading


def complaints(bundle: Bundle) -> list[Problem]:
    reading = a_reading()
    check_bundle(bundle, FOLDER, content().catalogue, reading)
    return reading.problems


def told(bundle: Bundle) -> set[tuple[str, str]]:
    return {
        (problem.code.removeprefix("pack."), problem.pointer.split(" ", 1)[1])
        for problem in complaints(bundle)
    }


def test_every_bundle_of_the_house_is_sound() -> None:
    for folder, bundle in content().bundles.items():
        reading = a_reading()
        check_bundle(bundle, folder, content().catalogue, reading)
        assert reading.problems == []


def test_a_complaint_names_file_line_and_place() -> None:
    (problem,) = complaints(replace(shop(), id=BundleId("another")))
    assert problem.pointer.startswith("bundles/open-convenience-store/bundle.yaml:")
    assert problem.pointer.endswith(" id")


@pytest.mark.parametrize(
    ("bundle", "expected"),
    [
        (replace(shop(), zones=(ZoneId("nanjing"), *shop().zones)), ("unknown-zone", "zones[0]")),
        (replace(shop(), zones=()), ("no-zones", "zones")),
        (changed(1, item=ItemId("no-such-item")), ("not-offered", "members[1].item")),
        (changed(1, applicant=None), ("wrong-kind", "members[1].item")),
        (changed(0, when=()), ("wrong-kind", "members[0].item")),
        (changed(2, item=REGISTRATION), ("wrong-kind", "members[2].item")),
        (replace(shop(), channels=("kiosk",)), ("wrong-channel", "members[0].item")),
        (
            sharing("nothing"),
            ("no-question", "shared[0].of[0]"),
        ),
        (
            sharing("premises", "outlets"),
            ("unlike", "shared[0]"),
        ),
        (
            sharing("outlets", "sale_modes"),
            ("unlike-choices", "shared[0]"),
        ),
        (
            sharing("online_shops", "storage_address"),
            ("unlike-conditions", "shared[0]"),
        ),
        (with_second(), ("asked-twice", "members[9].item")),
        (
            with_second(takes={"premises": Output("tobacco", "premises")}),
            ("not-before", "members[9].takes.premises"),
        ),
        (
            with_second(takes={"premises": Output("packed-food", "nothing")}),
            ("no-claim", "members[9].takes.premises"),
        ),
        (
            with_second(takes={"nothing": Output("packed-food", "premises")}),
            ("no-question", "members[9].takes.nothing"),
        ),
        (
            with_second(given={"stores_elsewhere": "yes"}),
            ("no-such-answer", "members[9].given.stores_elsewhere"),
        ),
        (
            with_second(given={"nothing": True}),
            ("no-such-answer", "members[9].given.nothing"),
        ),
        (
            with_second(applicant=ApplicantFrom("packed-food", "business_uscc", "nothing")),
            ("no-claim", "members[9].applicant.name"),
        ),
        (
            replace(shop(), members=tuple(replace(one, when=()) for one in shop().members)),
            ("asked-for-nothing", "situations.sections[0].questions[0]"),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_the_items_do_not_bear_out_is_told(bundle: Bundle, expected: tuple[str, str]) -> None:
    assert expected in told(bundle)

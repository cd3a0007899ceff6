"""Zones side by side: what differs is marked, what one does not say is missing and not made up."""

from dataclasses import replace

from tests.builders import BRANCH_FILING, CHANGZHOU, TUESDAY, a_network
from tongban.reads.compare import compare_offers
from tongban.reads.guide import read_guide


def rows(offers):
    return {row.title.en: row for row in compare_offers(offers, TUESDAY.date())}


def test_promises_differ_and_the_laws_limit_does_not():
    found = rows(read_guide(BRANCH_FILING, CHANGZHOU, a_network()[CHANGZHOU]).offers)
    assert found["Promised limit"].differs
    assert not found["Statutory limit"].differs
    assert not found["Fee"].differs
    values = {zone.id: value.en for zone, value in found["Promised limit"].values}
    assert values["changzhou"] == "30 minutes"


def test_a_paper_that_one_zone_dropped_is_marked():
    first, *rest = read_guide(BRANCH_FILING, CHANGZHOU, a_network()[CHANGZHOU]).offers
    dropped = replace(first, item=replace(first.item, materials=first.item.materials[1:]))
    row = rows([dropped, *rest])[first.item.materials[0].name.en]
    assert row.differs
    assert row.values[0][1] is None
    assert row.values[1][1] is not None

"""The table of reactions is complete: every event has its line, and every line names a flow."""

from typing import get_args

from tests.house.source import PACKAGE
from tongban.domain.case.events import Event
from tongban.flows.reactions import EVERY_EVENT, FLOWS, REACTIONS


def test_the_table_has_exactly_the_events_that_exist() -> None:
    assert set(REACTIONS) == set(get_args(Event))


def test_every_reaction_names_a_flow_that_exists() -> None:
    named = {reaction.flow for line in [*REACTIONS.values(), EVERY_EVENT] for reaction in line}
    assert named == set(FLOWS)


def test_a_flow_has_the_name_of_its_file_and_of_its_line_in_the_table() -> None:
    for name, flow in FLOWS.items():
        assert flow.__name__ == name
        assert (PACKAGE / "flows" / f"{name}.py").exists()

"""The contract of the port that keeps acts of the alliance."""

from tests.domain.standard.acts import opened, proposed, ratified_by_all
from tests.ports.conftest import Rooms


def test_an_act_is_kept_once_and_given_back_as_it_was(rooms: Rooms) -> None:
    with rooms.unit():
        assert rooms.alliance.keep(proposed())
    with rooms.unit():
        assert not rooms.alliance.keep(proposed())
    (kept,) = rooms.alliance.list_about("suzhou-p")
    assert kept == proposed()
    assert kept.act.files == proposed().act.files


def test_the_list_leaves_out_the_files_of_proposals(rooms: Rooms) -> None:
    acts = [proposed(), *ratified_by_all(), opened()]
    for act in acts:
        rooms.alliance.keep(act)
    listed = rooms.alliance.list_acts()
    assert {act.id for act in listed} == {act.id for act in acts}
    assert all(not getattr(act.act, "files", None) for act in listed)
    assert [act.id for act in rooms.alliance.list_about("wuxi-t")] == ["wuxi-t"]
    assert rooms.alliance.list_about("nothing") == ()


def test_an_act_is_there_within_the_unit_that_keeps_it(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.alliance.keep(opened())
        assert not rooms.alliance.keep(opened())
        assert len(rooms.alliance.list_acts()) == 1


def test_what_a_failed_unit_kept_is_not_there(rooms: Rooms) -> None:
    try:
        with rooms.unit():
            rooms.alliance.keep(opened())
            raise RuntimeError("the unit fails")
    except RuntimeError:
        pass
    assert rooms.alliance.list_acts() == ()

"""The parts of a joint case that are waited for, as clocks of the case page."""

from datetime import date, timedelta

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, move_clock
from tests.flows.test_joint import THERE, handled_jointly, network
from tests.flows.test_journey import Network, case_at
from tongban.domain.clock.reading import Light
from tongban.flows.joint import give_part
from tongban.flows.post_office import settle
from tongban.reads.case_clocks import ClockLine
from tongban.reads.joint_parts import find_joint_page, read_part_clocks

__all__ = ["network"]


def clocks(network: Network) -> list[ClockLine]:
    lead = network[CHANGZHOU]
    page = find_joint_page(case_at(lead), lead)
    assert page is not None
    return list(read_part_clocks(page, lead))


def test_each_part_that_is_waited_for_has_its_own_last_day_and_article(network: Network) -> None:
    number = handled_jointly(network)
    give_part(number, "agreed", "场所属实", THERE, network[SUZHOU])
    settle(network)
    (line,) = clocks(network)
    assert (line.due.on, line.due.law) == (date(2026, 3, 17), "demonstration-rules-2025#joint-parts")
    assert "WX260303-" in line.due.what.zh
    assert (line.light, line.left.zh) == (Light.GREEN, "还剩 10个工作日")
    assert "10个工作日" in line.reasons[0].text.zh


def test_a_part_past_its_day_is_red_and_one_that_came_is_gone(network: Network) -> None:
    number = handled_jointly(network)
    give_part(number, "agreed", "总社许可有效", THERE, network[WUXI])
    settle(network)
    move_clock(network, TUESDAY + timedelta(days=16))
    (line,) = clocks(network)
    assert (line.light, line.left.zh) == (Light.RED, "已超期 2个工作日")
    assert "SZ260303-" in line.due.what.zh
    move_clock(network, TUESDAY)
    give_part(number, "agreed", "场所属实", THERE, network[SUZHOU])
    settle(network)
    assert clocks(network) == []

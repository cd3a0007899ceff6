"""What another zone's act causes here: it is kept, done in this zone's name, or opens a sub-case."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.liaison.acts import ActedInName, PartAsked
from tongban.flows.act_in_name import carry_out_in_name
from tongban.flows.joint import open_sub_case
from tongban.flows.liaison import keep_told, read_told
from tongban.flows.ports import Deps
from tongban.kernel.ids import ZoneId


def take_in_zone_act(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> None:
    """Keep another zone's act about a case of both, about a delegation, or about a part of a joint case.

    Causes: the act and the line of its subject; what an officer there did in this zone's name; the sub-case
        that this zone was asked to open.
    Twice:  nothing.

    Raises:
        Refused, NotFound: see ``liaison.read_told``; or no delegation covers what was done.
    """
    told = read_told(body, from_zone, deps)
    with deps.unit():
        if not keep_told(told, deps):
            return
        match told.act:
            case ActedInName() as act:
                carry_out_in_name(told, act, deps)
            case PartAsked() as asked:
                open_sub_case(told, asked, deps)

"""Note that somebody has read their messages."""

from collections.abc import Sequence

from tongban.flows.ports import Deps


def note_read(recipients: Sequence[str], deps: Deps) -> None:
    """Note that everything told to these recipients so far was read."""
    with deps.unit():
        newest = deps.notifications.list_inside(recipients, None, 1)
        if newest:
            deps.notifications.mark_read(recipients, newest[0].number, deps.clock.now())

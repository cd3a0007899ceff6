"""Ports whose every call may be the last: death is counted out before or behind a call, over all zones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any, NoReturn

from tongban.flows.ports import Deps
from tongban.kernel.ids import ZoneId

NOT_PORTS = {"zone", "machine", "catalogue", "unit", "clock", "public_url", "directory", "rota"}
"""Values, pure readings, and the transaction itself, which is what the deaths are to test."""


class Died(BaseException):
    """The process is gone; no handler of errors sees this."""


def raise_died() -> NoReturn:
    """Die without taking the tests along: what is in memory stays, as a database would."""
    raise Died


@dataclass
class Fate:
    """Counts port calls over the whole network and dies at one of them.

    Args:
        at_call: the call to die at, from 1; 0 lives.
        is_after: whether the call is still made.
        die: never returns.
        spared: names of calls that are not counted.
    """

    at_call: int = 0
    is_after: bool = False
    die: Callable[[], NoReturn] = raise_died
    calls: int = 0
    spared: frozenset[str] = frozenset()

    def guard(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return the act with death before or behind it."""

        def guarded(*args: Any, **kwargs: Any) -> Any:
            dies = self.is_reached()
            if dies and not self.is_after:
                self.die()
            result = act(*args, **kwargs)
            if dies:
                self.die()
            return result

        return guarded

    def is_reached(self) -> bool:
        """Count one call; say whether it is the one to die at."""
        self.calls += 1
        return self.calls == self.at_call


class Mortal:
    """A port whose every call may be the last."""

    def __init__(self, port: object, fate: Fate) -> None:
        self._port, self._fate = port, fate

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        is_counted = callable(found) and name not in self._fate.spared
        return self._fate.guard(found) if is_counted else found


class MortalUnit:
    """The outermost end of a unit, the COMMIT, as one more call to die before or behind."""

    def __init__(self, unit: Callable[[], AbstractContextManager[Any]], fate: Fate) -> None:
        self._unit, self._fate, self._depth = unit, fate, 0

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        """Enter the unit; its writes are kept between the two deaths."""
        dies = False
        self._depth += 1
        try:
            with self._unit() as unit:
                yield unit
                dies = self._depth == 1 and self._fate.is_reached()
                if dies and not self._fate.is_after:
                    self._fate.die()
        finally:
            self._depth -= 1
        if dies:
            self._fate.die()


def mortal(network: Mapping[ZoneId, Deps], fate: Fate) -> dict[ZoneId, Deps]:
    """Return the network with every port of every zone mortal."""
    ports = [part.name for part in fields(Deps) if part.name not in NOT_PORTS]
    return {
        zone: replace(deps, **{name: Mortal(getattr(deps, name), fate) for name in ports})
        for zone, deps in network.items()
    }

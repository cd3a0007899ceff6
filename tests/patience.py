"""How tests wait for processes: by asking again, as long as a busy machine may need, and no longer."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_SECONDS = 90
"""A busy machine is no reason to fail; a hanging one is."""
_BETWEEN_SECONDS = 0.1
_PACE = threading.Event()
"""Never set: waiting for it paces the asking, which leaves the processor to those who are to answer."""

Answer = TypeVar("Answer")


def ask_until(
    ask: Callable[[], Answer],
    is_enough: Callable[[Answer], object] = bool,
    what: str = "what was waited for never came",
    tell: Callable[[], str] = lambda: "",
) -> Answer:
    """Ask until the answer is enough, and return it; fail with the last answer and what ``tell`` adds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_enough(answer := ask()):
        assert time.monotonic() < deadline, f"{what}: {str(answer)[:4000]} {tell()}"
        _PACE.wait(_BETWEEN_SECONDS)
    return answer

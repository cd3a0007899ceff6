"""When to try again after an attempt in vain (TB-FED 7)."""

from datetime import datetime, timedelta

from tongban.crypto.digest import digest
from tongban.federation.limits import BACK_OFF_SECONDS, SPREAD_PERCENT


def next_attempt(attempts: int, now: datetime, pair: str) -> datetime:
    """Return when to try again after ``attempts`` in vain, at least one.

    Args:
        pair: sender and receiver. Every pair is late by its own share, so that a node which comes back is not
            met by all zones in one second; messages of one pair come together, as one failure counts for all.
    """
    wait = BACK_OFF_SECONDS[min(attempts, len(BACK_OFF_SECONDS)) - 1]
    share = digest(pair.encode())[0] / 255 * SPREAD_PERCENT / 100
    return now + timedelta(seconds=wait * (1 + share))

"""What was ticked and wished for on a check, kept in the session for whoever leaves it to ask a person."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from tongban.domain.delivery import ADDRESS_CHARS
from tongban.reads.offered_pledges import OfferedPledges
from tongban.web.shared.delivery_fields import WISH_FIELDS
from tongban.web.shared.pledge_parts import compose_pledges

MOST_KEPT = 5
_KEY = "promises"


def keep_ticks(
    session: MutableMapping[str, Any], number: str, offered: OfferedPledges, post: Mapping[str, Any]
) -> None:
    """Keep what was ticked, written under each text and wished for; nothing is signed by it."""
    ticks = [
        [row.key, row.pledge.text_hash, row.is_ticked, row.name]
        for row in compose_pledges(offered, post).rows
        if post.get(f"pledge-hash-{row.key}") == row.pledge.text_hash
    ]
    drop_ticks(session, number)
    wish = {name: str(post[name])[: ADDRESS_CHARS * 2] for name in WISH_FIELDS if post.get(name)}
    session[_KEY] = [*session[_KEY], [number, ticks, wish]][-MOST_KEPT:]


def find_ticks(session: Mapping[str, Any], number: str, offered: OfferedPledges) -> dict[str, str]:
    """Return what was kept as the form's fields; left out where the text has changed since."""
    texts = {one.key: one.pledge.text_hash for one in offered.pledges}
    kept, wish = next((parts for of, *parts in session.get(_KEY, []) if of == number), ([], {}))
    found = dict(wish)
    for key, text_hash, is_ticked, name in kept:
        if texts.get(key) == text_hash:
            found |= {f"pledge-{key}": "yes" if is_ticked else "", f"pledge-name-{key}": name}
    return found


def drop_ticks(session: MutableMapping[str, Any], number: str) -> None:
    """Forget what was kept for a draft: it was handed in, or is ticked anew."""
    session[_KEY] = [one for one in session.get(_KEY, []) if one[0] != number]

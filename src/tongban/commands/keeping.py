"""What a check of the packs found, item by item, as it is kept for the steward's pages."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from tongban.domain.case.plain import reader_for, to_plain
from tongban.flows.item_check_store import ItemCheck, Proved
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.check import PackReport, Report


def compose_checks(
    report: Report, proved: Mapping[ItemId, Proved] | None, at: datetime
) -> tuple[ItemCheck, ...]:
    """Return a check for every pack.

    Args:
        proved: what was proved by item; None when the solver was left out.
    """
    return tuple(_compose(pack, proved, at) for pack in report.packs)


def write_checks(checks: Sequence[ItemCheck]) -> str:
    """Return checks as JSON, for nodes that keep what another process found."""
    return json.dumps([to_plain(one) for one in checks], ensure_ascii=False)


def read_checks(text: str) -> tuple[ItemCheck, ...]:
    """Return what ``write_checks`` wrote; raises ValueError for anything else."""
    read = reader_for(ItemCheck)
    try:
        plain = json.loads(text)
        if not isinstance(plain, list) or not plain:
            raise ValueError("no list of checks")
        return tuple(read(one) for one in plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no list of checks") from error


def _compose(pack: PackReport, proved: Mapping[ItemId, Proved] | None, at: datetime) -> ItemCheck:
    found = proved.get(pack.id) if proved is not None else None
    return ItemCheck(
        item_id=pack.id,
        version=pack.item.version if pack.item else 0,
        content_hash=pack.content_hash,
        checked_at=at,
        problems=pack.problems,
        examples=pack.examples,
        proved=found,
        unproved=None if found else _say_why(pack, is_proving=proved is not None),
    )


def _say_why(pack: PackReport, *, is_proving: bool) -> Text:
    """Say why nothing was proved of a pack."""
    if pack.item is not None and pack.item.is_cancelled:
        return _CANCELLED
    return _NOT_WHOLE if is_proving else _LEFT_OUT


_CANCELLED = Text("审批已取消，没有规则表需要证明。", "approval was cancelled; there is no table to prove.")
_LEFT_OUT = Text(
    "检查时没有运行求解器。装有求解器之处，运行 make items（演示），或者 manage.py check_items --keep。",
    "the check left the solver out (--without-proofs). Where it is installed, run make items for a "
    "demonstration, elsewhere manage.py check_items --keep.",
)
_NOT_WHOLE = Text(
    "事项或它所依据的内容有错误，未能完整读取。",
    "the item, or what it rests on, has faults and could not be read whole.",
)

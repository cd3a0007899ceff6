"""Acts of the beginning and end in a ``case.act`` message, read from what another zone sent."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.case import ending_commands as c
from tongban.domain.case.ending import Delivered
from tongban.domain.case.plain import from_plain, reader_for
from tongban.flows import deliver, end_licence, tell_at_once
from tongban.kernel.ids import ZoneId

STATEMENT_MAX = 2000
_WORD_MAX = 300
_TEXTS = ("way", "received_by", "waybill", "authority", "note")


def read_ending_act(body: Mapping[str, Any], from_zone: ZoneId) -> c.EndingCommand:
    """Return the act as a command; raises KeyError, TypeError or ValueError for what is none."""
    match body["act"]:
        case deliver.ACT:
            delivered: Delivered = reader_for(Delivered)({**body["delivered"], "at_zone": from_zone})
            for name in _TEXTS:
                _check_text(getattr(delivered, name), _WORD_MAX)
            if type(delivered.is_identity_checked) is not bool:
                raise TypeError("neither yes nor no")
            return c.RecordDelivery(delivered)
        case end_licence.STATE_ACT:
            return c.StateOnEnding(_check_text(body["statement"], STATEMENT_MAX), from_zone)
        case tell_at_once.ACT:
            answers = from_plain(body["answers"])
            if not isinstance(answers, dict):
                raise TypeError("answers are no mapping")
            return c.CorrectAtOnce(_check_text(body["what"], tell_at_once.WHAT_MAX), answers, from_zone)
    raise ValueError("unknown act")


def _check_text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text, or too long")
    return value

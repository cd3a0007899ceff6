"""Whether a licence holds on a day: the eight states of an electronic licence, and lapse by date."""

from datetime import date
from enum import StrEnum

from tongban.kernel.text import Text


class LicenceState(StrEnum):
    """State codes of electronic licences as the national exchange carries them."""

    VALID = "01"
    SUSPENDED = "02"
    VOIDED = "03"
    CANCELLED = "04"
    LAPSED = "05"
    TRANSFERRED = "06"
    REVOKED = "07"
    OTHER = "99"


STATE_WORDS: dict[LicenceState, Text] = {
    LicenceState.VALID: Text("有效", "Valid"),
    LicenceState.SUSPENDED: Text("暂停", "Suspended"),
    LicenceState.VOIDED: Text("已撤销", "Voided"),
    LicenceState.CANCELLED: Text("已注销", "Cancelled"),
    LicenceState.LAPSED: Text("已过期", "Lapsed"),
    LicenceState.TRANSFERRED: Text("已转出", "Transferred out"),
    LicenceState.REVOKED: Text("已吊销", "Revoked"),
    LicenceState.OTHER: Text("其他", "Other"),
}

ACT_WORDS: dict[str, Text] = {
    "WithdrawLicence": Text("已撤回", "Withdrawn"),
    "VoidLicence": Text("已撤销", "Voided"),
    "Void": Text("已撤销", "Voided"),
    "CancelLicence": Text("已注销", "Cancelled"),
    "RevokeLicence": Text("已吊销", "Revoked"),
    "ReplaceLicence": Text("已由新证照替代", "Replaced by a newer licence"),
}
"""What an act leaves a licence as. Withdrawn and replaced have no code of their own in what we know of
GB/T 36903: the code then is ``99``, and the word stands beside it."""


def read_state(recorded: LicenceState, valid_from: date, valid_until: date | None, on: date) -> LicenceState:
    """Return the state on a day: a valid licence lapses after its last day, whatever the register says."""
    if recorded is not LicenceState.VALID:
        return recorded
    if valid_until is not None and on > valid_until:
        return LicenceState.LAPSED
    return LicenceState.VALID if on >= valid_from else LicenceState.OTHER

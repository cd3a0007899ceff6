"""Who has to do the next thing in a case: read from the case alone."""

from enum import StrEnum

from tongban.domain.case.state import Case


class WaitsFor(StrEnum):
    """Whose turn it is."""

    NOBODY = ""
    MACHINE = "machine"
    PERSON = "person"
    APPLICANT = "applicant"
    ZONE = "zone"
    TIME = "time"
    AUTHORITY = "authority"


def read_waiting(case: Case) -> WaitsFor:
    """Say whose turn it is in the deciding zone.

    A received case waits for the registers that are being asked, then for a person if one was asked for,
    else for the machine. Acceptance, assessment and issue are the machine's; what an assessment did not grant
    is a person's. While others may object it waits for time, and where the power lies elsewhere for that
    authority. A concluded case waits for nobody.
    """
    match case.stage:
        case "received" if case.pending:
            return WaitsFor.ZONE
        case "received":
            return WaitsFor.PERSON if case.needs_person else WaitsFor.MACHINE
        case "correcting":
            return WaitsFor.APPLICANT
        case "accepted" | "granted":
            return WaitsFor.MACHINE
        case "published":
            return WaitsFor.TIME
        case "elsewhere":
            return WaitsFor.AUTHORITY
        case "assessed":
            return WaitsFor.PERSON
    return WaitsFor.NOBODY

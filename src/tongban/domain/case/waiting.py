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


def read_waiting(case: Case) -> WaitsFor:
    """Say whose turn it is in the deciding zone.

    A received case waits for the registers that are being asked, then for a person if one was asked for,
    else for the machine. Acceptance, assessment and issue are the machine's; what an assessment did not grant
    is a person's. A concluded case waits for nobody.
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
        case "assessed":
            return WaitsFor.PERSON
    return WaitsFor.NOBODY

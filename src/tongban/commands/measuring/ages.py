"""What a case's age costs: its page and an act on it, with ten events and with four hundred."""

from django.contrib.auth import get_user_model
from django.test import Client

from tongban.commands.measuring.samples import BRANCH, branch_application
from tongban.commands.measuring.timing import Figures, quantile, seconds_of
from tongban.domain.case.events import Actor, EvidenceNotHeld, Recorded
from tongban.domain.case.state import apply
from tongban.flows.submit import new_case_id, submit
from tongban.flows.withdraw import withdraw
from tongban.kernel.ids import CaseId, EvidenceKindId
from tongban.wiring import get_deps, settle_memory

AGES = (10, 400)
_ACTOR = Actor("applicant", "agency", "measuring")
_ASKED = 100


def measure_ages(count: int) -> Figures:
    """Return p50 and p99 of an officer's page of a case and of a withdrawal, by number of events.

    Args:
        count: how many cases of each age are made, and taken back.
    """
    deps = get_deps()
    settle_memory()  # as the processes that serve do once they are ready
    client = Client(SERVER_NAME="127.0.0.1")
    officer = get_user_model().objects.get(username=f"{deps.zone}-officer")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    figures: Figures = {}
    for age in AGES:
        cases = [make_old(age) for _ in range(count)]
        path = f"/officer/cases/{cases[0]}/"
        if client.get(path).status_code != 200:
            raise RuntimeError(f"{path} cannot be opened")
        pages = [seconds_of(lambda path=path: client.get(path)) for _ in range(_ASKED)]  # type: ignore[misc]
        acts = [seconds_of(lambda number=number: withdraw(number, "", _ACTOR, deps)) for number in cases]  # type: ignore[misc]
        for name, durations in (("page", pages), ("act", acts)):
            figures[f"{name}_{age}_p50_ms"] = quantile(durations, 0.5) * 1000
            figures[f"{name}_{age}_p99_ms"] = quantile(durations, 0.99) * 1000
    return figures


def make_old(events: int) -> CaseId:
    """Hand an application in and let registers answer that they hold nothing until it has so many events."""
    deps = get_deps()
    number = new_case_id(deps)
    submit(number, branch_application(deps), _ACTOR, deps)
    with deps.unit():
        case = deps.cases.find(number)
        if case is None or case.item_id != BRANCH:
            raise RuntimeError(f"{number} is not there")
        before, told = case, []
        for version in range(case.version + 1, events + 1):
            said = EvidenceNotHeld(EvidenceKindId("deposit-proof"), deps.zone, "nothing_held")
            one = Recorded(number, version, deps.clock.now(), deps.zone, Actor("machine", deps.zone), said)
            told.append(one)
            case = apply(case, one)
        deps.cases.append(before, told, case)
    return number

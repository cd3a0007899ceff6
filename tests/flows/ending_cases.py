"""A licence to serve, end and archive, and a renewal that nobody decides: what the tests of endings play."""

from datetime import date

from tests.builders import AGENT, CHANGZHOU, SUZHOU, keep
from tests.flows.test_wake_due import permit
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.record_check import record_check
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

Network = dict[ZoneId, Deps]
CASE = CaseId("SZ260303-WAKE0001")
RENEWAL = CaseId("CZ260303-RENEW001")
OFFICER, HEAD = Actor("officer", "o1", "虚构审批员"), Actor("head", "h1", "虚构负责人")
CLERK = Actor("clerk", "c1", "虚构窗口员")
WORDS = Text("经核查。", "Looked into.")
NURSE = ApplicantRef("person", "320411199202030002", "演示辛（示例）", "19900000019")
HOSPITAL = "12320411YY9900030C"
EXPIRES_ON = date(2026, 6, 9)


def granted(network: Network) -> tuple[Deps, Case]:
    """Return Suzhou with a hairdresser's permit that was granted by rules on a promise, which was kept."""
    suzhou = permit(network)
    case = get(suzhou)
    for check in case.checks:
        case = record_check(CASE, check, True, WORDS, OFFICER, suzhou)
    assert case.stage == "concluded"
    return suzhou, case


def get(deps: Deps, case_id: CaseId = CASE) -> Case:
    """Return a case that is there."""
    case = deps.cases.find(case_id)
    assert case is not None
    return case


def names(deps: Deps, case_id: CaseId = CASE) -> list[str]:
    """Return the names of a case's events."""
    return [type(one.event).__name__ for one in deps.cases.history(case_id)]


def ask_for_renewal(
    network: Network, *, is_fit: bool = False, case_id: CaseId = RENEWAL, expires_on: date = EXPIRES_ON
) -> Deps:
    """Hand in a nurse's renewal at Changzhou; unfit by the report, so that a person has to decide."""
    changzhou = network[CHANGZHOU]
    keep(changzhou, "nurse-certificate", NURSE.id, status="active", name=NURSE.name,
         certificate_number="示例209932041190002", institution_uscc=HOSPITAL,
         institution_name="常州新北示例医院（演示）", registered_on=date(2021, 6, 10), expires_on=expires_on,
         registered_elsewhere=False, registrar_zone="changzhou")  # fmt: skip
    keep(changzhou, "institution-licence", HOSPITAL, status="active", name="常州新北示例医院（演示）",
         premises="常州市新北区演示路71号", valid_from=date(2024, 1, 1),
         expires_on=date(2038, 12, 31))  # fmt: skip
    keep(changzhou, "nurse-conduct-record", NURSE.id, has_open_sanction=False)
    keep(network[SUZHOU], "nurse-health-report", NURSE.id, checked_on=date(2026, 1, 15), is_fit=is_fit,
         institution_name="苏州虎丘示例体检中心（演示）")  # fmt: skip
    answers = {"institution_uscc": HOSPITAL, "contact_mobile": "19900000019", "checked_in": "suzhou",
               "health_statement": "yes"}  # fmt: skip
    application = Application(ItemId("nurse-renewal"), CHANGZHOU, NURSE, answers, "online")
    submit(case_id, application, AGENT, changzhou)
    settle(network)
    return changzhou

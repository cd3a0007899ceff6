"""The former registrar is told, takes note, and answers truly from then on."""

from datetime import date

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, WUXI, a_network, keep
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.flows.submit import Application, submit
from tongban.flows.take_note import take_note
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId, MessageId, ZoneId

Network = dict[ZoneId, Deps]
NURSE, HOSPITAL = "320214199001010003", "12320411YY9900030C"
CERTIFICATE = EvidenceKindId("nurse-certificate")
OFFICER = Actor("officer", "wuxi-officer", "虚构审批员")


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep(
        zones[WUXI], CERTIFICATE, NURSE, status="active", name="演示丁（示例）", certificate_number="示例1",
        institution_uscc="12320214YY9900049A", institution_name="无锡示例医院（演示）",
        registered_on=date(2023, 5, 8), expires_on=date(2028, 5, 7), registered_elsewhere=False,
        registrar_zone="wuxi",
    )  # fmt: skip
    for zone in (CHANGZHOU, SUZHOU):
        keep(
            zones[zone], "nurse-appointment", NURSE, institution_uscc=HOSPITAL, post="内科护士",
            institution_name="常州示例医院（演示）", starts_on=date(2026, 3, 16), is_signed=True,
        )  # fmt: skip
        keep(
            zones[zone], "institution-licence", HOSPITAL, status="active", name="常州示例医院（演示）",
            valid_from=date(2024, 1, 1), expires_on=date(2028, 12, 31),
        )  # fmt: skip
    return zones


def move(network: Network, number: str, zone: ZoneId = CHANGZHOU) -> str:
    """Let the nurse move to a zone; return the stage that her case reaches."""
    answers = {
        "former_zone": "wuxi", "contact_mobile": "19900000007", "institution_uscc": HOSPITAL,
        "post": "内科护士", "starts_on": "2026-03-16",
    }  # fmt: skip
    nurse = ApplicantRef("person", NURSE, "演示丁（示例）", "19900000007")
    application = Application(ItemId("nurse-change-of-practice"), zone, nurse, answers, "online")
    submit(CaseId(number), application, AGENT, network[zone])
    settle(network)
    case = network[zone].cases.find(CaseId(number))
    assert case is not None
    return case.stage


def entry(deps: Deps):
    record = deps.registers.find(CERTIFICATE, NURSE)
    assert record is not None
    return record


def test_what_the_former_registrar_is_told_is_kept_with_the_entry_it_concerns(network: Network) -> None:
    assert move(network, "CZ-1") == "concluded"
    notice = network[WUXI].notices.find(1)
    assert notice is not None
    assert (notice.from_zone, notice.case_id, notice.ground) == (CHANGZHOU, "CZ-1", "nurses-2020#9")
    assert notice.entry is not None
    assert (notice.entry.kind, notice.entry.subject) == (CERTIFICATE, NURSE)
    assert notice.facts["answers.starts_on"] == {"date": "2026-03-16"}
    assert entry(network[WUXI]).facts["status"] == "active"


def test_once_note_is_taken_a_second_registration_is_found_moved(network: Network) -> None:
    move(network, "CZ-1")
    take_note(1, "已在系统中处理", OFFICER, network[WUXI])
    assert entry(network[WUXI]).facts["status"] == "moved"
    notice = network[WUXI].notices.find(1)
    assert notice is not None
    assert notice.taken is not None
    assert (notice.taken.name, notice.taken.words, notice.taken.is_marked) == (
        "虚构审批员", "已在系统中处理", True,
    )  # fmt: skip
    assert move(network, "SZ-2", SUZHOU) == "assessed"


def test_note_is_taken_once_and_by_an_officer(network: Network) -> None:
    move(network, "CZ-1")
    with pytest.raises(Refused):
        take_note(1, "", Actor("clerk", "wuxi-clerk"), network[WUXI])
    with pytest.raises(Refused):
        take_note(1, "字" * 501, OFFICER, network[WUXI])
    with pytest.raises(NotFound):
        take_note(2, "", OFFICER, network[WUXI])
    take_note(1, "", OFFICER, network[WUXI])
    with pytest.raises(Refused) as again:
        take_note(1, "", Actor("head", "wuxi-head", "另一人"), network[WUXI])
    assert "虚构审批员" in again.value.problems[0].text.zh


def test_an_entry_that_is_not_what_the_notice_says_is_left_alone(network: Network) -> None:
    move(network, "CZ-1")
    keep(
        network[WUXI], CERTIFICATE, NURSE, status="active", name="演示丁（示例）", certificate_number="示例2"
    )
    take_note(1, "", OFFICER, network[WUXI])
    assert entry(network[WUXI]).facts["status"] == "active"
    notice = network[WUXI].notices.find(1)
    assert notice is not None
    assert notice.taken is not None
    assert not notice.taken.is_marked


def test_a_message_marks_nothing_by_its_own_words(network: Network) -> None:
    """The marks come from this zone's packs: a notice that they do not know changes no register."""
    body = {
        "case": "CZ-9", "item": "nurse-change-of-practice", "notice": "made-up", "ground": "nurses-2020#9",
        "facts": {}, "entry": {"kind": CERTIFICATE, "subject": NURSE},
    }  # fmt: skip
    receive(Incoming(CHANGZHOU, MessageId("m-1"), "zone.notice", body), network[WUXI])
    take_note(1, "", OFFICER, network[WUXI])
    assert entry(network[WUXI]).facts["status"] == "active"


@pytest.mark.parametrize(
    "wrong",
    [
        {"facts": []}, {"facts": {"a": {"b": 1}}}, {"facts": {"字" * 501: "x"}}, {"entry": {"kind": "x"}},
        {"entry": {"kind": "no-such-register", "subject": "1"}}, {"notice": 7}, {"case": "../x"},
        {"ground": "no-law#1"},
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_read_is_refused_and_not_kept(network: Network, wrong: dict) -> None:
    body = {
        "case": "CZ-9", "item": "nurse-change-of-practice", "notice": "made-up", "ground": "nurses-2020#9",
        "facts": {},
    }  # fmt: skip
    with pytest.raises(Refused):
        receive(Incoming(CHANGZHOU, MessageId("m-1"), "zone.notice", {**body, **wrong}), network[WUXI])
    assert network[WUXI].notices.find(1) is None

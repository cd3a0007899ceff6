"""Documents follow what happens: which, with which number, what they say, and never twice."""

from datetime import date

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, a_network, keep, keep_branch_records
from tests.flows.test_journey import CASE, OFFICER, Network, hand_in
from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import ApplicantRef
from tongban.domain.case.plain import to_plain
from tongban.flows.check_paper import check_paper
from tongban.flows.make_decision import refuse
from tongban.flows.memory import MemoryLedger
from tongban.flows.paper_store import KeptPaper
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.seal_paper import check_url, seal_paper
from tongban.flows.submit import Application, submit
from tongban.flows.verify import Found
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep_branch_records(zones)
    return zones


def papers(deps: Deps) -> tuple[KeptPaper, ...]:
    while write_papers(deps):
        pass
    return deps.papers.list_of([CASE])[CASE]


def test_each_zone_writes_what_is_its_own(network: Network) -> None:
    hand_in(network)
    received, decided = papers(network[SUZHOU]), papers(network[CHANGZHOU])
    assert [kept.paper.number for kept in received] == ["苏高新审演收〔2026〕1号"]
    assert [kept.paper.number for kept in decided] == ["常高新审演备〔2026〕1号"]
    assert decided[0].paper.id == "cz-filed-2026-1"
    assert decided[0].paper.dated_on == TUESDAY.date()


def test_a_document_is_written_once_however_often_one_looks(network: Network) -> None:
    hand_in(network)
    before = papers(network[CHANGZHOU])
    network[CHANGZHOU].papers.mark_written(CASE, 0)
    assert papers(network[CHANGZHOU]) == before


def test_a_refusal_gives_the_reasons_and_is_adverse(network: Network) -> None:
    hand_in(network, scope=["outbound"])
    refuse(
        CASE,
        Text("总社没有出境业务许可。", "The parent may not do outbound travel."),
        OFFICER,
        network[CHANGZHOU],
    )
    settle(network)
    refusal = papers(network[CHANGZHOU])[-1].paper
    assert (refusal.kind, refusal.is_adverse) == ("filing-refused", True)
    assert refusal.basis == ("all-2019#38.2", "travel-agencies-2020#10.1", "travel-agencies-2020#10.2")
    assert refusal.sections[-1][1] == (
        Text("总社没有出境业务许可。", "The parent may not do outbound travel."),
    )


def test_a_correction_notice_lists_everything_numbered(network: Network) -> None:
    del network[CHANGZHOU].registers._shelf.records["business-licence", "91320411MB0000007D"]  # type: ignore[attr-defined]
    hand_in(network)
    case = network[CHANGZHOU].cases.find(CASE)
    assert case is not None
    notice = papers(network[CHANGZHOU])[0].paper
    assert notice.kind == "correction"
    listed = notice.sections[1][1]
    assert len(listed) == len(case.correction)
    assert listed[0].zh.startswith("1. " + case.correction[0].text.zh)


def test_every_document_has_a_leaf_with_its_digest(network: Network) -> None:
    hand_in(network)
    (kept,) = papers(network[CHANGZHOU])
    assert kept.digest == hex_digest(canonical(to_plain(kept.paper)))
    ledger = network[CHANGZHOU].ledger
    assert isinstance(ledger, MemoryLedger)
    assert kept.digest.encode() in ledger._shelf.leaves[f"paper:{kept.paper.id}"]


def test_the_sealed_page_is_drawn_once_and_kept(network: Network) -> None:
    hand_in(network)
    deps = network[CHANGZHOU]
    (kept,) = papers(deps)
    content = seal_paper(kept.paper.id, deps)
    assert kept.paper.number.encode() in content
    assert deps.papers.find(kept.paper.id).file_digest == hex_digest(content)  # type: ignore[union-attr]
    assert seal_paper(kept.paper.id, deps) == content
    with pytest.raises(NotFound):
        seal_paper("cz-filed-2026-2", deps)


def test_what_the_code_says_is_checked_against_the_register(network: Network) -> None:
    hand_in(network)
    deps = network[CHANGZHOU]
    (kept,) = papers(deps)
    code = check_url(kept.paper.id, kept.digest, deps).rpartition("/")[2]
    found, steps = check_paper(code, deps)
    assert found is not None
    assert [step.found for step in steps] == [Found.PROVED, Found.PROVED, Found.WAITING]
    _, steps = check_paper(code[:-1] + ("0" if code[-1] != "0" else "1"), deps)
    assert steps[1].found is Found.FAILED
    assert check_paper("cz-filed-2026-2." + "0" * 16, deps)[0] is None
    assert check_paper("x' OR 1=1", deps)[0] is None


def test_a_licence_has_an_acceptance_that_says_by_when_and_a_grant_that_says_how() -> None:
    zones = a_network(zones=[CHANGZHOU])
    deps, nurse, hospital = zones[CHANGZHOU], "320411199001010003", "12320411YY9900030C"
    keep(deps, "nurse-certificate", nurse, status="active", certificate_number="示例1", name="演示丁（示例）",
         institution_uscc="12320411YY9900049A", expires_on=date(2028, 5, 7), registered_elsewhere=False,
         registrar_zone="changzhou")  # fmt: skip
    keep(deps, "nurse-appointment", nurse, institution_uscc=hospital, institution_name="演示医院",
         post="内科护士", is_signed=True, starts_on=date(2026, 3, 16))  # fmt: skip
    keep(deps, "institution-licence", hospital, status="active", name="演示医院", premises="演示路1号",
         expires_on=date(2028, 12, 31))  # fmt: skip
    answers = {
        "former_zone": "changzhou", "contact_mobile": "19900000007", "institution_uscc": hospital,
        "post": "内科护士", "starts_on": date(2026, 3, 16),
    }  # fmt: skip
    applicant = ApplicantRef("person", nurse, "演示丁（示例）", "19900000007")
    wanted = Application(ItemId("nurse-change-of-practice"), CHANGZHOU, applicant, answers, "online")
    submit(CASE, wanted, AGENT, deps)
    settle(zones)
    written = {kept.paper.kind: kept.paper for kept in papers(deps)}
    assert list(written) == ["receipt", "acceptance", "grant"]
    due = written["acceptance"].sections[1][1][0]
    assert "2026年3月12日" in due.zh
    assert "12 March 2026" in due.en
    assert "自动准予" in written["grant"].sections[1][1][0].zh

"""The written documents on a case's page: listed with number and article, handed out, and nobody else's."""

import io
import json
import zipfile

import pytest

from tests.web.applicant.test_case import NUMBER, PAGE
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.flows.make_decision import refuse
from tongban.flows.write_papers import write_papers
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

OFFICER = Actor("officer", "changzhou-officer", "演示审批人员")


@pytest.fixture
def refused(node):
    node.referred(NUMBER)
    refuse(CaseId(NUMBER), Text("总社超范围。", "Beyond the parent's scope."), OFFICER, node.deps)
    write_papers(node.deps)
    return node


def test_each_document_stands_with_title_number_and_article(agent, refused):
    page = agent.get(PAGE).content.decode()
    assert "不予备案决定书" in page
    assert "常高新审演不备〔2026〕1号" in page
    assert f"{PAGE}papers/cz-filing-refused-2026-1/" in page
    assert "行政许可法第三十八条" in page
    english = agent.get(PAGE + "?lang=en").content.decode()
    assert "Decision not to file" in english


def test_before_they_are_written_the_page_says_so(agent, node):
    node.hand_in(NUMBER)
    assert "文书在每一步之后几秒内写好" in agent.get(PAGE).content.decode()


def test_a_document_comes_sealed_and_as_data(agent, refused):
    sealed = agent.get(f"{PAGE}papers/cz-filing-refused-2026-1/")
    assert sealed["Content-Type"] == "application/pdf"
    assert "常高新审演不备〔2026〕1号" in sealed.content.decode()  # the press in memory prints plain bytes
    data = json.loads(agent.get(f"{PAGE}papers/cz-filing-refused-2026-1/data/").content)
    assert data["document"]["sections"][-1][1][0]["zh"] == "总社超范围。"
    assert data["check"].rpartition(".")[2] == data["sha256"][:16]


def test_one_file_holds_all_of_them_with_their_digests(agent, refused):
    whole = agent.get(f"{PAGE}papers/").content
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        listed = json.loads(archive.read(f"{NUMBER}/digests.json"))
        names = {entry["file"]: entry["sha256"] for entry in listed["files"]}
        assert {f"{NUMBER}/{name}" for name in names} | {f"{NUMBER}/digests.json"} == set(archive.namelist())
        assert all(hex_digest(archive.read(f"{NUMBER}/{name}")) == digest for name, digest in names.items())
    assert "cz-filing-refused-2026-1.pdf" in names


def test_a_document_of_another_case_is_not_found_here(agent, log_in, refused):
    other = "CZ260303-BBBB2222"
    refused.hand_in(other)
    write_papers(refused.deps)
    receipt = refused.deps.papers.list_of([CaseId(other)])[CaseId(other)][0].paper.id
    assert agent.get(f"{PAGE}papers/{receipt}/").status_code == 404
    stranger = log_in(party_id="91320411MB0000007D")
    for sub in ("", "cz-filing-refused-2026-1/", "cz-filing-refused-2026-1/data/"):
        assert stranger.get(f"{PAGE}papers/{sub}").status_code == 404


def test_the_code_on_it_is_checked_by_anybody(client, agent, refused):
    data = json.loads(agent.get(f"{PAGE}papers/cz-filing-refused-2026-1/data/").content)
    code = "/p/" + data["check"].rpartition("/")[2]
    page = client.get(code)
    words = page.content.decode()
    assert page.status_code == 200
    assert "常高新审演不备〔2026〕1号" in words
    assert "无锡示例旅行社" not in words
    wrong = client.get(code[:-1] + ("0" if code[-1] != "0" else "1")).content.decode()
    assert "核验没有通过" in wrong
    assert client.get("/p/cz-filing-refused-2026-9." + "0" * 16).status_code == 404
    assert client.get("/p/%00").status_code == 404


def test_an_officer_sees_the_documents_of_a_case_decided_here(refused):
    officer = refused.log_in("officer")
    page = officer.get(f"/officer/cases/{NUMBER}/").content.decode()
    assert "常高新审演不备〔2026〕1号" in page
    assert officer.get(f"/officer/cases/{NUMBER}/papers/cz-filing-refused-2026-1/").status_code == 200
    assert officer.get("/officer/cases/CZ260303-NONE0000/papers/").status_code == 404

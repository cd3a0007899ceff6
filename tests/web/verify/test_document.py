"""A written document's sealed PDF is checked by uploading it: its seal, this zone's register, the ledger."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import catalogue
from tests.paper.builders import a_decision, a_seal_key, font_folder
from tongban.flows.check_paper import check_paper_file
from tongban.flows.seal_paper import seal_paper
from tongban.flows.write_papers import write_papers
from tongban.kernel.ids import CaseId
from tongban.paper.notice import compose_decision
from tongban.paper.seal import ON_NOTICE, draw_seal, seal

CASE = CaseId("CZ260303-AAAA2222")


def a_document(licence) -> bytes:
    deps = licence.node.deps
    write_papers(deps)
    papers = deps.papers.list_of([CASE])[CASE]
    return seal_paper(papers[0].paper.id, deps)


def upload(anybody, content: bytes, language: str = "zh") -> str:
    file = SimpleUploadedFile("document.pdf", content, "application/pdf")
    answer = anybody.post(f"/verify/?lang={language}", {"file": file})
    assert answer.status_code in (200, 404)
    return answer.content.decode()


def test_a_documents_own_file_is_genuine_and_says_nothing_about_whom_it_concerns(anybody, licence):
    content = a_document(licence)
    licence.place_in_ledger()
    page = upload(anybody, content)
    assert "文书真实" in page
    assert "上传的就是登记的那份文件" in page
    assert "云帆" not in page.split("<main")[1]
    assert "This document is genuine" in upload(anybody, content, "en")


def test_before_its_leaf_has_a_place_it_is_not_certain_yet(anybody, licence):
    assert "暂时不能确定" in upload(anybody, a_document(licence))


def test_one_that_was_changed_after_sealing_fails(anybody, licence):
    content = bytearray(a_document(licence))
    content[len(content) // 2] ^= 1
    page = upload(anybody, bytes(content))
    assert "文书真实" not in page
    assert "上传的就是登记的那份文件" not in page


def test_one_sealed_by_a_trusted_zone_that_is_not_on_record_here_is_sent_to_that_zone(anybody, licence):
    deps = licence.node.deps
    holder, stamp = (
        deps.press.seal_holder,
        draw_seal(catalogue().zones[deps.zone].authority.name, font_folder()),
    )
    decision = compose_decision(a_decision(), font_folder())
    sealed = seal(decision, holder.sign, holder.certificates, stamp, deps.clock.now(), ON_NOTICE)
    page = upload(anybody, sealed)
    assert "印章是真的，登记要到制作机关所在区查" in page
    stranger = a_seal_key("别处的印章")
    forged = seal(decision, stranger.sign, (stranger.certificate,), stamp, deps.clock.now(), ON_NOTICE)
    assert check_paper_file(forged, deps) is None
    assert "印章是真的" not in upload(anybody, forged)


def test_a_licence_is_still_checked_as_one(anybody, licence):
    assert check_paper_file(licence.document, licence.node.deps) is None
    licence.place_in_ledger()
    assert "证照有效" in upload(anybody, licence.document)

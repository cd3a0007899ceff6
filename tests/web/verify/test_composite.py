"""A composite on the verifier's page and its holder's: one number, one code, part by part."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.builders import PARENT
from tests.web.verify.conftest import LicenceToCheck
from tongban.domain.bundle.composite import Composite
from tongban.flows.issue_composite import seal_composites
from tongban.flows.ports import Issued
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId, ItemId

AGENCY = "无锡示例旅行社有限公司（演示）"


@pytest.fixture
def joined(licence: LicenceToCheck, monkeypatch: pytest.MonkeyPatch) -> LicenceToCheck:
    """The agency's business licence is in the register, and a trade counts its branch filing."""
    store = licence.node.deps.catalogue.get_composite("convenience-store")
    trade = Composite(
        store.id, store.version, store.title, store.trade, store.type_serial, store.source, store.main,
        (ItemId("travel-agency-branch-filing"),),
    )  # fmt: skip
    monkeypatch.setitem(licence.node.deps.catalogue.composites, store.id, trade)
    licence.node.keep(
        "business-licence", PARENT, status="active", kind="company", name=AGENCY,
        legal_representative="演示甲", premises="无锡市新吴区演示路1号", scope=["travel-agency"],
        registered_on=licence.node.clock.now().date(),
    )  # fmt: skip
    return licence


@pytest.fixture
def agent(joined: LicenceToCheck) -> Client:
    """The agency's agent, logged in."""
    client = Client()
    client.force_login(
        get_user_model().objects.create_user(
            "agency", "x", display_name="演示经办人", role="applicant", party_kind="firm", party_id=PARENT,
            party_name=AGENCY, agent_id="agent", agent_name="演示经办人",
        ),
        "django.contrib.auth.backends.ModelBackend",
    )  # fmt: skip
    return client


def said(response) -> str:
    return response.content.decode()


def join(agent: Client) -> str:
    return agent.post("/composites/join/convenience-store/")["Location"]


def test_the_holder_joins_and_sees_each_part(agent, joined):
    assert "合成：便利店" in said(agent.get("/my/"))
    address = join(agent)
    joined.place_in_ledger()
    page = said(agent.get(address))
    assert "营业执照" in page
    assert "旅行社分社备案登记证明" in page
    assert page.count("有效") >= 2
    assert "便利店一照通" in said(agent.get("/my/"))


def test_anybody_checks_the_composite_and_then_each_part(agent, anybody, joined):
    number = join(agent).split("/")[-2]
    joined.place_in_ledger()
    page = said(anybody.get(f"/v/{number}"))
    assert "2 项全部有效" in page
    assert "逐项核验" in page
    assert "各项各有期限" in page


def entry_of(joined: LicenceToCheck) -> Issued:
    """The signed statement that the register's row names."""
    row = joined.node.deps.registers.find(EvidenceKindId("business-licence"), PARENT)
    assert row is not None
    found = joined.node.deps.credentials.find(CredentialId(row.attested_as))
    assert found is not None
    return found


def test_the_statement_of_the_registers_entry_is_checked_alone_by_its_own_number(agent, anybody, joined):
    join(agent)
    joined.place_in_ledger()
    entry = entry_of(joined)
    for address in (f"/v/{entry.credential_id}", f"/verify/?number={entry.credential_id}"):
        tongue = f"{address}{'&' if '?' in address else '?'}lang"
        page = said(anybody.get(f"{tongue}=zh"))
        assert "营业执照（登记的签名证明）" in page
        assert "signed statement" in said(anybody.get(f"{tongue}=en"))
        assert AGENCY not in page


def test_whoever_shows_the_statement_shows_what_it_says(agent, anybody, joined):
    join(agent)
    joined.place_in_ledger()
    page = said(anybody.post("/verify/", {"token": entry_of(joined).token}))
    for words in (AGENCY, PARENT, "演示甲", "旅行社业务", "公司", "存续"):
        assert words in page, words


def test_one_part_revoked_shows_that_part_only(agent, anybody, joined):
    number = join(agent).split("/")[-2]
    joined.place_in_ledger()
    joined.set_state("07")
    page = said(anybody.get(f"/v/{number}"))
    assert "其中 1 项现在无效" in page
    assert "已吊销" in page


def test_the_sealed_page_comes_back_and_is_checked(agent, anybody, joined):
    address = join(agent)
    case = joined.node.deps.credentials.find(joined.number).case_id
    seal_composites(CaseId(case), joined.node.deps)
    joined.place_in_ledger()
    document = agent.get(f"{address}document/")
    assert document["Content-Type"] == "application/pdf"
    page = said(anybody.post("/verify/", {"file": SimpleUploadedFile("composite.pdf", document.content)}))
    assert "2 项全部有效" in page
    assert "文件与登记的文件逐字节相同" in page


def test_somebody_else_sees_no_composite_and_joins_nothing(agent, joined):
    address = join(agent)
    stranger = Client()
    stranger.force_login(
        get_user_model().objects.create_user(
            "stranger", "x", display_name="演示乙", role="applicant", party_kind="firm",
            party_id="92320505YY9900014X", party_name="别家（演示）",
        ),
        "django.contrib.auth.backends.ModelBackend",
    )  # fmt: skip
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}document/").status_code == 404
    assert stranger.post("/composites/join/convenience-store/")["Location"] == "/my/"


def test_joining_is_an_act_and_no_link(agent, joined):
    assert agent.get("/composites/join/convenience-store/").status_code == 405

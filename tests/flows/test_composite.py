"""One licence over several: it refers and grants nothing, and each part is checked by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from tests.builders import AGENT, SUZHOU, WUXI, a_network, issue_signer, keep, key_record
from tongban.crypto.jws import BadSignature
from tongban.crypto.sign import KeyRecord
from tongban.domain.bundle.composite import PermitPart, read_parts
from tongban.domain.case.events import ApplicantRef
from tongban.domain.credential.sd_jwt import open_sd_jwt, read_payload
from tongban.flows.attest_register import digest_record, keep_row
from tongban.flows.issue_composite import issue_composite, seal_composites
from tongban.flows.ports import Deps, PublicRecord
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.flows.verify import verify_number
from tongban.flows.verify_composite import verify_parts
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId, ItemId, ZoneId

SHOP = ApplicantRef("firm", "92320505YY9900014X", "苏州虎丘晴窗食品店（演示）", "19900000006")
CASE = CaseId("SZ260303-00000001")
STORE, LICENCE = "convenience-store", EvidenceKindId("business-licence")


@dataclass
class RecordsOfZones:
    """Public records straight from each zone's register; states can be changed as a revocation will."""

    network: Mapping[ZoneId, Deps]
    states: dict[str, str]

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return what the zone says of a licence."""
        issued = self.network[zone].credentials.find(credential_id)
        if issued is None:
            return None
        state = self.states.get(credential_id, str(issued.state))
        signed = issued.token.split("~", 1)[0]
        return PublicRecord(credential_id, zone, state, signed, b"", None, (), "", issued.document_digest)


@pytest.fixture
def network() -> dict[ZoneId, Deps]:
    """Three zones; Suzhou has filed the shop's packed food and keeps its business licence."""
    plain = a_network()
    records = RecordsOfZones(plain, {})
    network = {zone: replace(deps, records=records) for zone, deps in plain.items()}
    keep_licence(network)
    answers = {
        "premises": "苏州市虎丘区演示路61号", "contact_mobile": "19900000006",
        "activities": ["prepackaged"], "sale_modes": ["retail"], "outlets": ["shop"],
        "stores_elsewhere": "no", "sells_labelled_only": "yes",
    }  # fmt: skip
    submit(CASE, Application(ItemId("prepackaged-food-filing"), SUZHOU, SHOP, answers, "online"), AGENT,
           network[SUZHOU])  # fmt: skip
    settle(network)
    return network


def keep_licence(network: Mapping[ZoneId, Deps], **changes: object) -> None:
    facts: dict[str, object] = {
        "status": "active", "name": SHOP.name, "legal_representative": "演示丙", "kind": "individual",
        "scope": ["prepackaged-food-sale"], "premises": "苏州市虎丘区演示路61号",
        "registered_on": network[SUZHOU].clock.now().date(), **changes,
    }  # fmt: skip
    keep(network[SUZHOU], "business-licence", SHOP.id, **facts)


def joined(network: Mapping[ZoneId, Deps]) -> CredentialId:
    return issue_composite(STORE, SHOP, [CASE], network[SUZHOU])


def outcomes(number: CredentialId, deps: Deps) -> list[str]:
    return [part.verdict.outcome for part in verify_parts(verify_number(number, "", deps), deps)]


def test_it_holds_references_and_nothing_about_the_holder_in_the_open(network: dict[ZoneId, Deps]) -> None:
    issued = network[SUZHOU].credentials.find(joined(network))
    payload = read_payload(issued.token)
    stated, permit = read_parts(payload)
    assert isinstance(stated, PermitPart)
    assert stated.vct == "register-entry/business-licence/1"
    assert isinstance(permit, PermitPart)
    assert permit.number == network[SUZHOU].cases.find(CASE).credential_id
    assert "exp" not in payload
    assert SHOP.id not in str(payload)
    assert SHOP.name not in str(payload)


def test_the_signature_is_the_zones_and_the_holder_discloses_who_it_is(network: dict[ZoneId, Deps]) -> None:
    issued = network[SUZHOU].credentials.find(joined(network))
    keys: dict[str, KeyRecord] = {key_record(SUZHOU).kid: key_record(SUZHOU)}
    opened = open_sd_jwt(issued.token, keys, 64_000)
    assert opened.claims["holder_name"] == SHOP.name
    assert opened.kid == issue_signer(SUZHOU).kid


def test_joining_twice_without_a_change_is_one_licence(network: dict[ZoneId, Deps]) -> None:
    assert joined(network) == joined(network)
    kept = network[SUZHOU].credentials.list_of_case(CASE)
    assert len(kept) == 3


def test_a_change_in_the_register_makes_a_new_one(network: dict[ZoneId, Deps]) -> None:
    first = joined(network)
    keep_licence(network, legal_representative="演示丁")
    assert joined(network) != first


def test_each_part_is_checked_by_itself(network: dict[ZoneId, Deps]) -> None:
    parts = verify_parts(verify_number(joined(network), "", network[SUZHOU]), network[SUZHOU])
    assert [part.title.zh for part in parts] == ["营业执照", "仅销售预包装食品备案凭证"]
    # The ledger of zones in memory gives no proofs, so a licence's last step waits.
    assert [part.verdict.outcome for part in parts] == ["unsure", "unsure"]
    assert [len(part.verdict.steps) for part in parts] == [11, 7]
    assert [step.found for step in parts[0].verdict.steps].count("waiting") == 1


def test_a_revoked_permit_shows_as_that_and_leaves_the_rest(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    permit = network[SUZHOU].cases.find(CASE).credential_id
    network[SUZHOU].records.states[permit] = "07"
    verdict = verify_number(number, "", network[SUZHOU])
    assert verdict.outcome == "unsure"
    assert outcomes(number, network[SUZHOU]) == ["unsure", "bad"]


def test_a_business_licence_that_ended_shows_as_that(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    keep_licence(network, status="cancelled")
    assert outcomes(number, network[SUZHOU]) == ["bad", "unsure"]


def stated_of(network: dict[ZoneId, Deps], number: CredentialId) -> PermitPart:
    """Return the composite's reference to the signed statement of the business licence."""
    stated = read_parts(read_payload(network[SUZHOU].credentials.find(number).token))[0]
    assert isinstance(stated, PermitPart)
    return stated


def write(network: dict[ZoneId, Deps], **changes: object) -> None:
    """Let a case write into the firm's row, as a change or a deregistration does."""
    suzhou = network[SUZHOU]
    row = suzhou.registers.find(LICENCE, SHOP.id)
    keep_row(row, replace(row, facts={**row.facts, **changes}, cause="SZ260303-00000002"), suzhou)


def test_another_zone_checks_the_business_licence_as_it_does_the_permit(network: dict[ZoneId, Deps]) -> None:
    stated, permit = verify_parts(verify_number(joined(network), "", network[WUXI]), network[WUXI])
    # Seven steps as for any licence, and what is stated since when; only the ledger's step waits in memory.
    assert [step.found for step in stated.verdict.steps].count("proved") == 7
    assert [step.found for step in stated.verdict.steps].count("waiting") == 1
    assert "苏州" in stated.verdict.steps[-1].says.zh
    assert "3 March 2026" in stated.verdict.steps[-1].says.en
    assert len(permit.verdict.steps) == 7


def test_the_statement_holds_by_itself_without_any_register(network: dict[ZoneId, Deps]) -> None:
    """Offline: the zone's public key and the token say who stated what, and when."""
    stated = stated_of(network, joined(network))
    token = network[SUZHOU].credentials.find(stated.number).token
    opened = open_sd_jwt(token, {key_record(SUZHOU).kid: key_record(SUZHOU)}, 64_000)
    assert opened.claims["subject"] == SHOP.id
    assert opened.claims["entry_status"] == "active"
    assert opened.claims["entry_registered_on"] == "2026-03-03"
    assert int(str(opened.payload["iat"])) == int(network[SUZHOU].clock.now().timestamp())
    with pytest.raises(BadSignature):
        open_sd_jwt(token, {key_record(WUXI).kid: key_record(WUXI)}, 64_000)


def test_a_business_licence_that_ends_ends_its_statement_for_every_zone(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    stated = stated_of(network, number)
    write(network, status="cancelled")
    assert network[SUZHOU].credentials.find(stated.number).state == "04"
    assert outcomes(number, network[WUXI]) == ["bad", "unsure"]
    parts = verify_parts(verify_number(number, "", network[WUXI]), network[WUXI])
    assert "不再存续" in parts[0].verdict.steps[-1].says.zh


def test_other_particulars_make_the_statement_one_of_the_past(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    write(network, legal_representative="演示丁")
    assert network[SUZHOU].credentials.find(stated_of(network, number).number).state == "05"
    assert outcomes(number, network[WUXI])[0] == "bad"
    again = joined(network)
    assert stated_of(network, again).number != stated_of(network, number).number
    assert outcomes(again, network[WUXI]) == ["unsure", "unsure"]


def test_the_same_written_again_leaves_the_statement_as_it_is(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    write(network, status="active")
    assert network[SUZHOU].credentials.find(stated_of(network, number).number).state == "01"
    assert joined(network) == number


def test_a_composite_of_before_statements_is_still_checked(network: dict[ZoneId, Deps]) -> None:
    """Its reference is the hash of the row; only the zone that keeps the register can ask it."""
    suzhou, number = network[SUZHOU], joined(network)
    payload = dict(read_payload(suzhou.credentials.find(number).token))
    row = suzhou.registers.find(LICENCE, SHOP.id)
    payload = {name: value for name, value in payload.items() if not name.startswith("_sd")}
    payload["parts"] = [{"r": "business-licence", "z": "suzhou", "d": f"sha256:{digest_record(row)}"}]
    token = suzhou.sealer.seal_credential(payload, {"holder_name": SHOP.name, "holder_id": SHOP.id})
    suzhou.credentials._shelf.credentials[number] = replace(suzhou.credentials.find(number), token=token)
    assert outcomes(number, suzhou) == ["good"]
    assert outcomes(number, network[WUXI]) == ["unsure"]


def test_parts_of_a_forged_composite_are_not_followed(network: dict[ZoneId, Deps]) -> None:
    verdict = verify_number(joined(network), "", network[SUZHOU])
    forged = replace(verdict, state=None)
    assert verify_parts(verdict, network[SUZHOU]) != ()
    assert verify_parts(forged, network[SUZHOU]) == ()


def test_any_other_licence_has_no_parts(network: dict[ZoneId, Deps]) -> None:
    permit = network[SUZHOU].cases.find(CASE).credential_id
    assert verify_parts(verify_number(permit, "", network[SUZHOU]), network[SUZHOU]) == ()


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        (replace(SHOP, id="91320214MB0000006B"), ["composite.no-main", "composite.no-permit"]),
        (replace(SHOP, kind="person"), ["composite.no-permit"]),
    ],
)
def test_nothing_is_joined_for_somebody_else(
    network: dict[ZoneId, Deps], holder: ApplicantRef, expected: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        issue_composite(STORE, holder, [CASE], network[SUZHOU])
    assert [problem.code for problem in refused.value.problems] == expected


def test_a_permit_of_another_trade_does_not_count(network: dict[ZoneId, Deps]) -> None:
    known = network[SUZHOU].catalogue
    other = replace(known.get_composite(STORE), permits=(ItemId("hygiene-licence-change"),))
    deps = replace(network[SUZHOU], catalogue=replace(known, composites={STORE: other}))
    with pytest.raises(Refused):
        issue_composite(STORE, SHOP, [CASE], deps)


def test_no_such_trade_is_not_here(network: dict[ZoneId, Deps]) -> None:
    with pytest.raises(NotFound):
        issue_composite("astrologer", SHOP, [CASE], network[SUZHOU])


def test_its_page_is_sealed_once(network: dict[ZoneId, Deps]) -> None:
    number = joined(network)
    settle(network)
    digest = network[SUZHOU].credentials.find(number).document_digest
    assert digest
    seal_composites(CASE, network[SUZHOU])
    assert network[SUZHOU].credentials.find(number).document_digest == digest

"""Checks for programs: by number, by credential, by document, and the public record behind them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.conftest import Program
from tongban.crypto.jws import parse_object
from tongban.domain.credential.credential import signed_part_digest
from tongban.domain.ledger.proof import verify_inclusion
from tongban.domain.ledger.tree import leaf_hash
from tongban.flows.ports import Deps
from tongban.flows.seal_document import seal_document
from tongban.kernel.ids import CaseId
from tongban.wiring.node import get_node

Programs = Callable[[str], Program]


@pytest.fixture
def case(program: Programs, food: Mapping[str, Any], deps: Deps) -> Mapping[str, Any]:
    """An issued licence that has its place in the ledger."""
    shop = program("shop")
    receipt = shop.post("applications", food).json()
    get_node().store.ledger.sequence_leaves(100, deps.clock.now())
    case: Mapping[str, Any] = shop.get(f"cases/{receipt['case_id']}").json()
    return case


def test_a_licence_is_proved_by_its_number_alone(program: Programs, case: Mapping[str, Any]) -> None:
    verdict = program("").get("checks", number=case["licence_number"]).json()
    assert verdict["outcome"] == "good", verdict["steps"]
    assert verdict["claims"] == {}


def test_a_credential_is_proved_with_what_it_discloses(program: Programs, case: Mapping[str, Any]) -> None:
    verdict = program("").post("checks/token", {"token": case["credential"]}).json()
    assert verdict["outcome"] == "good", verdict["steps"]
    assert verdict["claims"]["sale_modes"] == ["retail"]


def test_a_credential_with_nothing_disclosed_tells_nothing(
    program: Programs, case: Mapping[str, Any]
) -> None:
    bare = case["credential"].split("~")[0] + "~"
    verdict = program("").post("checks/token", {"token": bare}).json()
    assert (verdict["outcome"], "sale_modes" in verdict["claims"]) == ("good", False)


def test_a_credential_that_was_changed_is_found_out(program: Programs, case: Mapping[str, Any]) -> None:
    head, payload, signature = case["credential"].split("~")[0].split(".")
    forged = f"{head}.{payload}.{signature[:-4]}AAAA~"
    assert program("").post("checks/token", {"token": forged}).json()["outcome"] == "bad"


def test_a_number_with_one_wrong_character_is_said_to_be_mistyped(
    program: Programs, case: Mapping[str, Any]
) -> None:
    number = case["licence_number"]
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    assert program("").get("checks", number=wrong).json()["outcome"] == "bad"
    answer = program("").get(f"licences/{wrong}")
    assert answer.status_code == 422


def test_the_public_record_proves_the_licence_without_asking_again(
    program: Programs, case: Mapping[str, Any]
) -> None:
    record = program("").get(f"licences/{case['licence_number']}").json()
    leaf = record["leaf"].encode()
    size, root = record["checkpoint"].split("\n")[1:3]
    proof = tuple(bytes.fromhex(part) for part in record["proof"])
    from base64 import b64decode

    assert verify_inclusion(leaf_hash(leaf), record["leaf_index"], int(size), proof, b64decode(root))
    assert parse_object(leaf)["vc"] == f"sha256:{signed_part_digest(record['signed_part'])}"
    assert "苏州" not in str(record)


def test_a_licence_of_another_zone_or_of_nobody_is_not_found_here(
    program: Programs, case: Mapping[str, Any], deps: Deps
) -> None:
    from tongban.domain.identifiers.licence_id import compose_licence_id, parse_licence_id

    own = parse_licence_id(case["licence_number"])
    wuxi = next(zone.authority.code for zone in deps.catalogue.zones.values() if zone.id == "wuxi")
    for issuer, serial in ((wuxi, own.serial), (own.issuer_code, "999999999")):
        other = compose_licence_id(own.type_code, issuer, serial)
        assert program("").get(f"licences/{other.credential_id}").status_code == 404


def test_a_sealed_document_is_proved_and_one_with_a_byte_more_is_not(
    program: Programs, case: Mapping[str, Any], deps: Deps
) -> None:
    seal_document(CaseId(case["case_id"]), deps)
    get_node().store.ledger.sequence_leaves(100, deps.clock.now())
    issued = deps.credentials.find(case["licence_number"])
    assert issued is not None
    content = deps.files.find(issued.document_digest)
    assert content is not None

    def check(document: bytes) -> Any:
        upload = SimpleUploadedFile("licence.pdf", document, "application/pdf")
        return Client().post("/api/v1/checks/document", {"document": upload})

    good, longer, nonsense = check(content), check(content + b"\n%x"), check(b"\x00\xff" * 100)
    assert good.json()["outcome"] == "good", good.json()["steps"]
    assert (longer.json()["outcome"], nonsense.json()["outcome"]) == ("bad", "bad")


def test_a_form_without_its_file_is_told_so(program: Programs) -> None:
    answer = Client().post("/api/v1/checks/document", {"documents": "none"})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["problems"]] == ["document"]

"""A promise signed in a bundle's one form reaches the member's case as if it had been signed alone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.builders import AGENT, SUZHOU, TUESDAY, WUXI, a_network, catalogue, keep
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.opened import Noted, OpenedBundle, SignedForMember
from tongban.domain.case.events import ApplicantRef
from tongban.domain.pledge import SignedPledge
from tongban.flows.lead_bundle import report_elsewhere
from tongban.flows.open_bundle import BundleApplication, get_bundle_receipt, open_bundle
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.kernel.errors import Refused
from tongban.kernel.ids import BundleId, BundleNumber, CaseId, ItemId, ZoneId

NUMBER, SHOP = BundleNumber("YJS-SZ260303-00000001"), "92320505YY9900014X"
WHO = ApplicantRef("firm", SHOP, "苏州虎丘知夏理发店（演示）", "19900000006")
BUNDLE, MEMBER = BundleId("open-hairdresser-or-hotel"), "hygiene-hairdresser"
PERMIT = catalogue().get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
ANSWERS = {"premises": "演示路1号", "hygiene_hairdresser__area_m2": "40", "staff": "3",
           "contact_mobile": "19900000006"}  # fmt: skip


def signed(**changes: object) -> SignedPledge:
    pledge = PERMIT.pledges[0]
    return replace(SignedPledge(pledge.id, pledge.version, pledge.text_hash, "夏知禾（示例）"), **changes)


def a_shop_network() -> dict[ZoneId, Deps]:
    network = a_network()
    keep(network[SUZHOU], "business-licence", SHOP, status="active", kind="individual",
         scope=["hairdressing"], name=WHO.name, premises="演示路1号",
         registered_on=TUESDAY.date())  # fmt: skip
    keep(network[SUZHOU], "health-certificates", SHOP, all_valid=True)
    return network


def hand_in(network: Mapping[ZoneId, Deps], *pledges: SignedForMember) -> OpenedBundle:
    situation = {"kind": "hairdresser", "has_licence": "yes", "sells_snacks": "no"}
    application = BundleApplication(BUNDLE, WHO, situation, ANSWERS, "online", pledges=pledges)
    return open_bundle(NUMBER, application, AGENT, network[SUZHOU])


def history(network: Mapping[ZoneId, Deps], case_id: CaseId) -> list[str]:
    return [type(one.event).__name__ for one in network[SUZHOU].cases.history(case_id)]


def test_it_reaches_the_case_as_if_it_had_been_signed_alone() -> None:
    network, alone = a_shop_network(), a_shop_network()
    case_id = hand_in(network, SignedForMember(MEMBER, signed())).get_member(MEMBER).case_id
    settle(network)
    raw = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
    application = Application(PERMIT.id, SUZHOU, WHO, raw, "online", pledges=(signed(),))
    submit(CaseId("SZ260303-ALONE001"), application, AGENT, alone[SUZHOU])
    settle(alone)
    case = network[SUZHOU].cases.find(case_id)
    assert case is not None
    assert case.signatures[signed().pledge].pledge == signed()
    assert history(network, case_id) == history(alone, CaseId("SZ260303-ALONE001"))
    assert case.stage == "concluded"
    assert f"promise:{signed().pledge}" in case.checks


def test_the_list_of_another_zone_is_still_asked_at_acceptance() -> None:
    network = a_shop_network()
    keep(network[WUXI], "broken-promises", SHOP, is_listed=True)
    case_id = hand_in(network, SignedForMember(MEMBER, signed())).get_member(MEMBER).case_id
    settle(network)
    assert "Granted" not in history(network, case_id)


@pytest.mark.parametrize(
    "given",
    [
        SignedForMember(MEMBER, signed(text_hash="0" * 64)),
        SignedForMember(MEMBER, signed(signed_by=" ")),
        SignedForMember(MEMBER, signed(pledge="another")),
        SignedForMember("signboard", signed()),
        SignedForMember("hygiene-hotel", signed()),
    ],
    ids=["another text", "no name", "no such promise", "handled elsewhere", "not wanted"],
)
def test_a_signature_that_does_not_stand_is_told_and_nothing_is_written(given: SignedForMember) -> None:
    network = a_shop_network()
    with pytest.raises(Refused) as refused:
        hand_in(network, given)
    problem = refused.value.problems[0]
    assert (problem.code, problem.pointer) == (
        "pledge.not-this-text", f"pledges.{given.member}.{given.signed.pledge}",
    )  # fmt: skip
    assert network[SUZHOU].bundles.find(NUMBER) is None


def test_a_promise_waits_with_the_answers_and_is_forgotten_with_them() -> None:
    network = a_shop_network()
    known = catalogue().get_bundle(BUNDLE)
    later = [replace(one, needs=("signboard",)) if one.id == MEMBER else one for one in known.members]
    waiting: Bundle = replace(known, members=tuple(later))
    with_it = replace(catalogue(), bundles={BUNDLE: waiting})
    network = {zone: replace(deps, catalogue=with_it) for zone, deps in network.items()}
    given = SignedForMember(MEMBER, signed())
    assert hand_in(network, given).pledges == (given,)
    report_elsewhere(NUMBER, "signboard", AGENT, network[SUZHOU])
    settle(network)
    opened = get_bundle_receipt(NUMBER, network[SUZHOU])
    assert (opened.pledges, opened.get_member(MEMBER).note) == ((), Noted.OPENED)
    case = network[SUZHOU].cases.find(opened.get_member(MEMBER).case_id)
    assert case is not None
    assert set(case.signatures) == {signed().pledge}

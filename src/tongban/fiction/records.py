"""What the registers of a zone hold: records that evidence requests are answered from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.party import Person
from tongban.fiction.firms import FictionalFirm
from tongban.fiction.people import born_on
from tongban.fiction.record import Registrar
from tongban.fiction.registers import compose_register_records
from tongban.fiction.story import Cast
from tongban.fiction.words import Place, Words, day_of
from tongban.kernel.ids import EvidenceKindId

BUSINESS_LICENCE = EvidenceKindId("business-licence")
TRAVEL_AGENCY_LICENCE = EvidenceKindId("travel-agency-licence")
DEPOSIT_PROOF = EvidenceKindId("deposit-proof")
PERSON_IDENTITY = EvidenceKindId("person-identity")
NURSE_CERTIFICATE = EvidenceKindId("nurse-certificate")
NURSE_APPOINTMENT = EvidenceKindId("nurse-appointment")
INSTITUTION_LICENCE = EvidenceKindId("institution-licence")

_DAYS_A_YEAR = 365
_NURSE_STEP_DAYS = 37


def compose_records(
    place: Place,
    words: Words,
    people: Sequence[Person],
    firms: Sequence[FictionalFirm],
    cast: Cast,
    today: date,
) -> tuple[HeldRecord, ...]:
    """Return every record of a zone's registers, story included, in a fixed order."""
    registrar = Registrar(place, words, today)
    return (
        *(_identity(registrar, person) for person in people),
        *(record for number, firm in enumerate(firms) for record in _of_firm(registrar, firm, number)),
        *_nurses(registrar, people, firms, cast),
        *compose_register_records(registrar, people, firms, cast),
    )


def _identity(registrar: Registrar, person: Person) -> HeldRecord:
    return registrar.record(
        PERSON_IDENTITY,
        person.citizen_number,
        {
            "name": person.name,
            "born_on": born_on(person),
            "is_valid": True,
            "is_alive": True,
            "division": registrar.place.division,
        },
    )


def _of_firm(registrar: Registrar, one: FictionalFirm, number: int) -> Iterator[HeldRecord]:
    if one.kind != "institution":
        yield registrar.record(BUSINESS_LICENCE, one.firm.uscc, _licence_facts(one))
    if one.travel_scope and one.parent is None:
        yield from _travel(registrar, one, number)
    if one.trade.scope == ("medical-care",):
        yield _institution(registrar, one)


def _licence_facts(one: FictionalFirm) -> dict[str, object]:
    parent = {} if one.parent is None else {"parent_uscc": one.parent.uscc}
    return {
        "status": one.state,
        "name": one.firm.name,
        "legal_representative": one.firm.legal_representative.name,
        "kind": one.kind,
        "scope": one.scope,
        "premises": one.firm.address,
        "registered_on": one.registered_on,
        **parent,
    }


def _travel(registrar: Registrar, one: FictionalFirm, number: int) -> Iterator[HeldRecord]:
    plain = registrar.words.plain["travel"]
    yield registrar.record(
        TRAVEL_AGENCY_LICENCE,
        one.firm.uscc,
        {
            "status": one.state,
            "name": one.firm.name,
            "licence_number": plain["licence_number"].format(serial=registrar.place.serial_from + number),
            "scope": one.travel_scope,
        },
    )
    amount = plain["deposit_fen"] + one.branches * plain["deposit_branch_fen"]
    if "outbound" in one.travel_scope:
        amount += plain["deposit_outbound_fen"]
    is_paid = one.state == registrar.words.plain["states"]["good"]
    yield registrar.record(
        DEPOSIT_PROOF,
        one.firm.uscc,
        {
            "paid": is_paid,
            "amount_fen": amount if is_paid else 0,
        },
    )


def _institution(registrar: Registrar, one: FictionalFirm) -> HeldRecord:
    years = registrar.words.plain["institutions"]["validity_years"]
    since = max(
        one.licensed_on or one.registered_on, registrar.today - timedelta(days=years * _DAYS_A_YEAR // 2)
    )
    return registrar.record(
        INSTITUTION_LICENCE,
        one.firm.uscc,
        {
            "status": one.state,
            "name": one.firm.name,
            "premises": one.firm.address,
            "valid_from": since,
            "expires_on": years_after(since, years),
        },
    )


def _nurses(
    registrar: Registrar, people: Sequence[Person], firms: Sequence[FictionalFirm], cast: Cast
) -> Iterator[HeldRecord]:
    plain, place, today = registrar.words.plain["nurses"], registrar.place, registrar.today
    from_, until = day_of(plain["born_from"]), day_of(plain["born_until"])
    of_story = {person.citizen_number for person in cast.people.values()}
    hospitals = [firm for firm in firms if firm.trade.id == "hospital"]
    able = [p for p in people if from_ <= born_on(p) <= until and p.citizen_number not in of_story]
    for number, person in enumerate(able[: plain["share"]]):
        registered_on = today - timedelta(days=_NURSE_STEP_DAYS * (number + 1))
        hospital = hospitals[number % len(hospitals)]
        yield _certificate(
            registrar, person, hospital, registered_on, number + 1, registrar.words.state(number)
        )
    for number, one in enumerate(cast.appointments):
        if one.registered_at.zone == place.zone:
            serial = plain["share"] + number + 1
            yield _certificate(
                registrar, one.nurse, one.registered_at, one.registered_on, serial, one.registered_at.state
            )
        if one.moves_to.zone == place.zone:
            yield registrar.record(
                NURSE_APPOINTMENT,
                one.nurse.citizen_number,
                {
                    "institution_uscc": one.moves_to.firm.uscc,
                    "institution_name": one.moves_to.firm.name,
                    "post": one.post,
                    "starts_on": one.starts_on,
                    "is_signed": True,
                },
            )


def _certificate(
    registrar: Registrar,
    nurse: Person,
    hospital: FictionalFirm,
    registered_on: date,
    serial: int,
    status: str,
) -> HeldRecord:
    plain: Mapping[str, Any] = registrar.words.plain["nurses"]
    return registrar.record(
        NURSE_CERTIFICATE,
        nurse.citizen_number,
        {
            "status": status,
            "name": nurse.name,
            "certificate_number": plain["certificate_number"].format(
                division=registrar.place.division, serial=serial
            ),
            "institution_uscc": hospital.firm.uscc,
            "institution_name": hospital.firm.name,
            "registered_on": registered_on,
            "expires_on": years_after(registered_on, plain["validity_years"]),
            "registrar_zone": registrar.place.zone,
            "registered_elsewhere": False,
        },
    )


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 28 February where the 29th does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

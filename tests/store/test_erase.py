"""Erasure: destroying a case's key makes it unreadable for ever, and what is public stays checkable."""

import pytest
from django.db import connection

from tests.ports.histories import (
    ACCEPTED,
    APPLICANT,
    ASSESSED,
    GRANTED,
    ISSUED,
    NOON,
    OTHER,
    SUBMITTED,
    add,
)
from tongban.domain.case.state import Case
from tongban.flows.ports import Issued
from tongban.kernel.errors import Conflict, Fault, NotFound
from tongban.kernel.ids import CaseId
from tongban.store.case_data import CaseErased
from tongban.store.models import CaseEvent, CaseIndex, CaseKey, Credential
from tongban.store.store import Store

CASE = CaseId("CZ-1")
LICENCE = Issued(ISSUED.credential_id, CASE, "head.body.signature~secret~", "credential:demo", "01")


@pytest.fixture
def case(store: Store) -> Case:
    """A concluded case with a licence and a message about it."""
    with store.unit():
        case = add(store.cases, CASE, SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
        store.credentials.save(LICENCE)
        store.ledger.append("credential:demo", {"t": "credential.issue/1"})
        store.exchange.post(OTHER, "zone.notice", {"who": APPLICANT.name}, CASE)
    add(store.cases, "CZ-2", SUBMITTED)
    store.ledger.sequence_leaves(10, NOON)
    return case


def everything_in_the_database() -> str:
    """Every value of every table of the store as text, as far as its bytes can be read as such."""
    told = []
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names() if name.startswith(("store_", "procr"))
        ]
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                told.extend(
                    bytes(v).decode("utf-8", "ignore") if isinstance(v, bytes | memoryview) else str(v)
                    for v in row
                )
    return "\n".join(told)


def test_an_erased_case_can_no_longer_be_read_by_anybody(store: Store, case: Case) -> None:
    store.erase(CASE)
    for read in (store.cases.find, store.cases.history):
        with pytest.raises(CaseErased):
            read(CASE)
    with pytest.raises(CaseErased), store.unit():
        store.cases.find(CASE)
    with pytest.raises(CaseErased):
        store.credentials.find(LICENCE.credential_id)
    with pytest.raises(CaseErased):
        add(store.cases, case, ACCEPTED)
    assert store.cases.find(CaseId("CZ-2")) is not None


def test_a_page_that_asks_for_an_erased_case_is_told_not_found(store: Store, case: Case) -> None:
    store.erase(CASE)
    with pytest.raises(NotFound):
        store.cases.find(CASE)


def test_nobody_can_open_the_number_again(store: Store, case: Case) -> None:
    store.erase(CASE)
    with pytest.raises(Conflict):
        add(store.cases, CASE, SUBMITTED)


def test_erasing_leaves_the_history_rows_and_the_log_untouched(store: Store, case: Case) -> None:
    store.erase(CASE)
    assert CaseEvent.objects.filter(case_id=CASE).count() == 5
    assert not CaseIndex.objects.filter(case_id=CASE).exists()
    assert not CaseKey.objects.filter(case_id=CASE).exists()
    record = store.records.find(case.deciding_zone, LICENCE.credential_id)
    assert record.signed_part == "head.body.signature"
    assert bytes(Credential.objects.get().disclosed) == b""
    assert record.leaf_index == 0


def test_a_group_that_holds_an_erased_case_reads_the_others(store: Store, case: Case) -> None:
    store.erase(CASE)
    with store.unit():
        store.cases.preload([CASE, CaseId("CZ-2")])
        assert store.cases.find(CaseId("CZ-2")).version == 1


def test_after_erasure_no_table_names_the_applicant_of_the_case(store: Store, case: Case) -> None:
    add(store.cases, CaseId("CZ-3"), SUBMITTED)
    assert APPLICANT.name in everything_in_the_database()
    for each in (CASE, CaseId("CZ-2"), CaseId("CZ-3")):
        store.erase(each)
    told = everything_in_the_database()
    assert APPLICANT.name not in told
    assert APPLICANT.id not in told
    assert APPLICANT.mobile not in told


def test_only_the_index_says_in_clear_who_applies(store: Store, case: Case) -> None:
    """Answers, mobile, evidence, messages and disclosures are locked even before anything is erased."""
    told = everything_in_the_database()
    for secret in (APPLICANT.mobile, "演示分社", "secret~", "registered_on"):
        assert secret not in told
    CaseIndex.objects.all().delete()
    assert APPLICANT.name not in everything_in_the_database()


def test_an_event_that_was_moved_or_changed_does_not_open(store: Store, case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_caseevent DISABLE TRIGGER store_keep_rows")
        cursor.execute("UPDATE store_caseevent SET version = version + 10 WHERE case_id = 'CZ-2'")
        cursor.execute("ALTER TABLE store_caseevent ENABLE TRIGGER store_keep_rows")
    with pytest.raises(Fault, match="not-opened"):
        store.cases.history(CaseId("CZ-2"))


def test_erasing_what_is_not_here_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.erase(CaseId("CZ-none"))

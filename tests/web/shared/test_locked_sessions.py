"""Sessions lie locked in the database, and go when they have expired."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.builders import SUZHOU
from tests.web.one_node import OneNode, start_node
from tongban.flows.hold_files import forget_abandoned
from tongban.flows.keep_upload import keep_upload
from tongban.store.models import StoredFile
from tongban.web.shared.locked_sessions import SessionStore
from tongban.wiring.work import PRECHECKS_KEPT, forget_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(db: None, tmp_path, monkeypatch) -> OneNode:
    return start_node(SUZHOU, tmp_path, monkeypatch)


def kept() -> SessionStore:
    session = SessionStore()
    session["drafts"] = [{"branch_head": "演示甲", "mobile": "19900000001"}]
    session.save()
    return session


def test_what_is_in_a_session_is_not_in_the_database() -> None:
    session = kept()
    (row,) = Session.objects.all()
    assert "19900000001" not in row.session_data
    assert "19900000001" not in str(row.get_decoded())  # what Django alone could read
    assert SessionStore(session.session_key)["drafts"][0]["mobile"] == "19900000001"


def test_a_session_keeps_its_content_under_a_new_name() -> None:
    session = kept()
    session.cycle_key()
    assert SessionStore(session.session_key)["drafts"][0]["branch_head"] == "演示甲"


def test_a_session_moved_under_another_name_does_not_open() -> None:
    mine, other = kept(), kept()
    locked = Session.objects.get(session_key=mine.session_key).session_data
    Session.objects.filter(session_key=other.session_key).update(session_data=locked)
    assert SessionStore(other.session_key).get("drafts") is None


@pytest.mark.parametrize("told", ["", "x", "%%%", "AQ"])
def test_what_is_no_locked_session_is_an_empty_one(told: str) -> None:
    session = kept()
    Session.objects.filter(session_key=session.session_key).update(session_data=told)
    assert SessionStore(session.session_key).get("drafts") is None


def test_another_secret_opens_no_session(settings) -> None:
    session = kept()
    settings.SECRET_KEY = "another"
    assert SessionStore(session.session_key).get("drafts") is None


def test_an_expired_session_goes_and_a_living_one_stays() -> None:
    gone, living = kept(), kept()
    Session.objects.filter(session_key=gone.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    forget_sessions()
    assert [row.session_key for row in Session.objects.all()] == [living.session_key]


def test_a_file_that_a_draft_refers_to_stays_as_long_as_the_session_is_used(
    node: OneNode,
) -> None:
    digest = keep_upload(b"%PDF-1.7", "a.pdf", "answers.plan", node.deps).digest
    session = SessionStore()
    session["drafts"] = [{"files": {"plan": [digest, "a.pdf", 8]}}]
    session.save()
    row = StoredFile.objects.get(digest=digest)
    assert row.loose_since is not None
    StoredFile.objects.update(loose_since=row.loose_since - timedelta(days=30))
    session["language"] = "en"
    session.save()
    assert forget_abandoned(timedelta(days=7), node.deps) == 0
    StoredFile.objects.update(loose_since=row.loose_since - timedelta(days=30))
    assert forget_abandoned(timedelta(days=7), node.deps) == 1


def test_no_session_and_no_draft_that_was_looked_at_lives_as_long_as_an_upload_is_kept(settings) -> None:
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) + PRECHECKS_KEPT < settings.UPLOADS_KEPT

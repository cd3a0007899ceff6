"""Sessions lie locked in the database, and go when they have expired."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tongban.web.shared.locked_sessions import SessionStore
from tongban.wiring.work import forget_sessions

pytestmark = pytest.mark.django_db


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

"""Accounts: a role each, a party to apply for, and a password that is kept as a hash."""

import pytest
from django.core.exceptions import ValidationError

from tongban.store.models import ROLE_NAMES, Account
from tongban.web.shared.access import ROLES

pytestmark = pytest.mark.django_db


def test_an_account_is_made_with_its_party_and_a_hashed_password() -> None:
    account = Account.objects.create_user(
        "agency", "demo", display_name="演示经办人", party_kind="firm", party_id="91320214MB0000006B"
    )
    kept = Account.objects.get(username="agency")
    assert (kept.role, kept.party_id, kept.get_full_name()) == (
        "applicant",
        "91320214MB0000006B",
        "演示经办人",
    )
    assert "demo" not in account.password
    assert kept.check_password("demo")


def test_an_account_without_a_password_lets_nobody_in() -> None:
    account = Account.objects.create_user("robot", display_name="机器")
    assert not account.has_usable_password()


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="king"):
        Account.objects.create_user("x", "y", display_name="z", role="king")


def test_every_role_has_its_words_for_the_screen() -> None:
    assert set(ROLE_NAMES) == set(ROLES)

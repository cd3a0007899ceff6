"""Tokens of programs: shown once, kept as a digest, good for an account and for a time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.api.conftest import Program
from tongban.crypto.digest import hex_digest
from tongban.flows.ports import Deps
from tongban.wiring.programs import TOKEN_PREFIX, create_token, find_holder


def test_the_command_prints_a_token_that_lets_a_program_in(deps: Deps) -> None:
    said = StringIO()
    call_command("createtoken", "shop", label="till", stdout=said)
    token = said.getvalue().strip()
    assert token.startswith(TOKEN_PREFIX)
    assert Program(token).get("cases/SZ260303-00000000").status_code == 404


def test_only_the_digest_is_kept(deps: Deps) -> None:
    token = create_token("shop", "", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_apitoken")
        rows = cursor.fetchall()
    assert hex_digest(token.encode()) in str(rows)
    assert token not in str(rows)


def test_a_token_for_an_account_that_is_not_there_is_refused_by_name(deps: Deps) -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("createtoken", "nobody")


def test_a_token_ends_on_its_day_and_one_without_an_end_does_not(deps: Deps) -> None:
    now = deps.clock.now()
    short, long = create_token("shop", "", 1), create_token("shop", "", None)
    assert find_holder(short, now) is not None
    assert find_holder(short, now + timedelta(days=2)) is None
    assert find_holder(long, now + timedelta(days=20_000)) is not None


def test_the_token_of_a_closed_account_lets_nobody_in(deps: Deps) -> None:
    token = create_token("shop", "", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_account SET is_active = false WHERE username = 'shop'")
    assert find_holder(token, deps.clock.now()) is None

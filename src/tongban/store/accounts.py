"""Logins kept: made when they are missing, brought up to date when they are there."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tongban.domain.party import Agent, Applicant
from tongban.store.models import Account


class Login(Protocol):
    """Somebody who may log in, as the fiction or a bureau's own list gives it."""

    username: str
    password: str
    role: str
    name: str
    party: Applicant | None
    agent: Agent | None


def keep_accounts(logins: Iterable[Login]) -> None:
    """Keep logins, all or none. A password is only set on a new one, and hashed once however many share it.

    Only the logins of a demonstration share one, and theirs is printed on the login page.
    """
    hashed = cache(make_password)
    with transaction.atomic():
        for login in logins:
            party, agent = login.party, login.agent
            account, is_new = Account.objects.get_or_create(
                username=login.username, defaults={"display_name": login.name}
            )
            account.display_name, account.role = login.name, login.role
            if party is not None:
                account.party_kind, account.party_id = party.kind, party.id
                account.party_name, account.mobile = party.name, party.mobile
            if agent is not None:
                account.agent_id, account.agent_name = agent.person.id, agent.person.name
            if is_new:
                account.password = hashed(login.password)
            account.save()

"""Accounts: who may log in, in which role, and for whom; and the tokens of programs."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

ROLE_NAMES = ("applicant", "clerk", "officer", "head", "steward", "operator", "custodian")
"""Every role; their words for the screen stand in ``web.shared.access``."""


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        """Return a new account; without a password nobody can log in to it with one."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.full_clean(exclude=["password"])
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who logs in. An applicant's account says for which person or firm it applies, and who acts.

    ``party_kind`` is ``person`` or ``firm``; ``party_id`` a citizen number or a unified social credit code.
    """

    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=[(name, name) for name in ROLE_NAMES], default="applicant")
    party_kind = models.CharField(max_length=16, blank=True, default="")
    party_id = models.CharField(max_length=40, blank=True, default="", db_index=True)
    party_name = models.CharField(max_length=200, blank=True, default="")
    mobile = models.CharField(max_length=20, blank=True, default="")
    agent_id = models.CharField(max_length=40, blank=True, default="")
    agent_name = models.CharField(max_length=120, blank=True, default="")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def get_full_name(self) -> str:
        """Return the name shown on screen."""
        return self.display_name


class ApiToken(models.Model):
    """A program's way in. Only the hex SHA-256 of the token is kept; the token is shown once."""

    digest = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)

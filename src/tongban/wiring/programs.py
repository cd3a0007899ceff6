"""Programs that act for an account: their tokens, and the case numbers of requests that they repeat."""

from datetime import date, datetime, timedelta

from django.conf import settings

from tongban.crypto.chance import random_token, readable_token
from tongban.crypto.digest import digest, hex_digest
from tongban.flows.open_bundle import bundle_number_of
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import BundleNumber, CaseId
from tongban.store.tokens import DjangoTokens, Holder
from tongban.wiring.node import get_node

TOKEN_PREFIX = "tb_"  # noqa: S105  what every token begins with
"""Shows a leaked token for what it is, to people and to scanners."""

MAX_TOKEN_CHARS = 80
_TOKEN_CHARS = 40
_CASE_CHARS = 8


def create_token(username: str, label: str, valid_days: int | None) -> str:
    """Make a token for an account and return it; only its digest is kept, so it is shown this once.

    Raises:
        NotFound: no such account, or it is closed.
    """
    token = TOKEN_PREFIX + random_token(_TOKEN_CHARS)
    now = get_node().deps.clock.now()
    expires_at = now + timedelta(days=valid_days) if valid_days else None
    if not _tokens().keep(_digest_of(token), username, label, expires_at):
        raise NotFound(username)
    return token


def find_holder(token: str, now: datetime) -> Holder | None:
    """Return the account behind a token, or None."""
    if len(token) > MAX_TOKEN_CHARS or not token.startswith(TOKEN_PREFIX):
        return None
    return _tokens().find_holder(_digest_of(token), now)


def case_number_for(username: str, key: str, on: date) -> CaseId:
    """Return the case number that an account's key always leads to on a civil date.

    It cannot be guessed by others, as the node's secret goes into it, and nothing has to be kept to find it
    again: a program that did not hear our answer asks again with the same key and gets the same case.
    """
    deps = get_node().deps
    plain = "\n".join((settings.SECRET_KEY, deps.zone, username, key))
    letters = deps.catalogue.zones[deps.zone].letters
    return CaseId(f"{letters}{on:%y%m%d}-{readable_token(digest(plain.encode()), _CASE_CHARS)}")


def bundle_number_for(username: str, key: str, on: date) -> BundleNumber:
    """Return the receipt number that an account's key always leads to on a civil date, for a bundle."""
    return bundle_number_of(case_number_for(username, f"bundle/{key}", on))


def _tokens() -> DjangoTokens:
    return DjangoTokens(get_node().store.session)


def _digest_of(token: str) -> str:
    return hex_digest(token.encode())

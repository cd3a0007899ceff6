"""Tokens of programs: only their digests are kept, and each leads to one account."""

from dataclasses import dataclass
from datetime import datetime

from tongban.store.models import Account, ApiToken
from tongban.store.session import Session

_HOLDER = """
SELECT account.username, account.display_name, account.role, account.party_kind, account.party_id,
       account.party_name, account.mobile, account.agent_id, account.agent_name
FROM store_apitoken AS token JOIN store_account AS account ON account.id = token.account_id
WHERE token.digest = %b AND account.is_active AND (token.expires_at IS NULL OR token.expires_at > %b)
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """The account behind a token: who it is, and for whom it applies (see ``models.Account``)."""

    username: str
    name: str
    role: str
    party_kind: str
    party_id: str
    party_name: str
    mobile: str
    agent_id: str
    agent_name: str


class DjangoTokens:
    """Finds the holders of tokens, and keeps new ones."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_holder(self, digest: str, now: datetime) -> Holder | None:
        """Return who holds a token, or None when it is unknown, has expired or its account is closed.

        Args:
            digest: hex SHA-256 of the token.
        """
        rows = self._session.read(_HOLDER, [digest, now])
        return Holder(*rows[0]) if rows else None

    def keep(self, digest: str, username: str, label: str, expires_at: datetime | None) -> bool:
        """Keep a new token's digest; return False when there is no such account."""
        account = Account.objects.filter(username=username, is_active=True).first()
        if account is None:
            return False
        ApiToken.objects.create(digest=digest, account=account, label=label, expires_at=expires_at)
        return True

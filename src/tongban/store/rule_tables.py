"""Every rule table that ever decided anything, by hash; written in the unit that first uses it."""

import json

from tongban.crypto.canonical import canonical
from tongban.domain.rules.restore import restore_table
from tongban.domain.rules.table import RuleTable, table_plain
from tongban.store.session import Session
from tongban.store.writes import RULE_TABLES


class DjangoRuleTables:
    """The port ``RuleTables``. A process asks once a table whether it is kept, and remembers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: set[str] = set()
        self._found: dict[str, RuleTable] = {}

    def keep(self, rules_hash: str, table: RuleTable, pack_version: int = 0) -> None:
        """Keep a table; only what is known to be committed is remembered, lest a failed unit lose one."""
        if rules_hash in self._kept or self._session.gathered(RULE_TABLES, rules_hash):
            return
        rows = self._session.read("SELECT 1 FROM store_ruletable WHERE hash = %b", [rules_hash])
        if rows:
            self._kept.add(rules_hash)
            return
        plain = canonical(table_plain(table)).decode()
        self._session.put(
            RULE_TABLES, rules_hash, (rules_hash, table.table_id, table.version, plain, pack_version)
        )

    def find(self, rules_hash: str) -> RuleTable | None:
        """Return a table as it was, or None; one that was read stays at hand."""
        if rules_hash not in self._found:
            rows = self._session.read("SELECT plain FROM store_ruletable WHERE hash = %b", [rules_hash])
            if not rows:
                return None
            self._found[rules_hash] = restore_table(json.loads(rows[0][0]))
        return self._found[rules_hash]

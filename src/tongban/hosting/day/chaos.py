"""Kills processes of the nodes, and connections of their databases, without a word; starts them again."""

from collections import Counter
from collections.abc import Mapping

import psycopg

from tongban.hosting.day.script import Kill
from tongban.hosting.nodes import Node, start_seal, start_web, start_worker
from tongban.hosting.processes import Family, read_last_lines

_END_ONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid() ORDER BY query_start DESC NULLS LAST LIMIT 1
"""
_WORDS_CHARS = 600
STARTERS = {"seal": start_seal, "web": start_web, "worker": start_worker}


class Chaos:
    """Who is killed, and what came of it. For the thread that started the processes, and no other."""

    def __init__(self, family: Family, nodes: Mapping[str, Node], admin_url: str) -> None:
        self._family, self._nodes, self._admin_url = family, nodes, admin_url
        self.kills: Counter[str] = Counter()
        self.ended_alone: list[str] = []

    def strike(self, kill: Kill) -> None:
        """Kill, and start again."""
        self.kills[f"{kill.zone} {kill.part}"] += 1
        if kill.part == "backend":
            with psycopg.connect(self._admin_url, autocommit=True) as connection:
                connection.execute(_END_ONE, [f"tongban_{kill.zone}"])
            return
        name = f"{kill.zone} {kill.part}"
        child = next(one for one in self._family.children if one.name == name)
        self._family.kill(child)
        STARTERS[kill.part](self._family, self._nodes[kill.zone])

    def look_after(self) -> None:
        """Start again what ended by itself, and remember that it did."""
        while (ended := self._family.find_ended()) is not None:
            zone, _, part = ended.name.partition(" ")
            self._family.kill(ended)
            words = " ".join(read_last_lines(ended.log).split())[-_WORDS_CHARS:]
            self.ended_alone.append(f"{ended.name} (code {ended.process.returncode}): {words}")
            STARTERS[part](self._family, self._nodes[zone])

"""`manage.py measure <what>`: one measurement inside this node; prints its figures as a line of JSON."""

import argparse
import json
from collections.abc import Callable

from django.core.management.base import BaseCommand

from tongban.commands.measuring.ages import measure_ages
from tongban.commands.measuring.clocks import measure_clocks
from tongban.commands.measuring.exchange import measure_exchange
from tongban.commands.measuring.groups import measure_groups
from tongban.commands.measuring.ledger import measure_ledger
from tongban.commands.measuring.lists import measure_lists
from tongban.commands.measuring.packs import measure_packs
from tongban.commands.measuring.pages import measure_pages
from tongban.commands.measuring.replays import measure_replay
from tongban.commands.measuring.rooms import measure_rooms
from tongban.commands.measuring.rules import measure_rules
from tongban.commands.measuring.samples import FOOD, food_application
from tongban.commands.measuring.searches import measure_search
from tongban.commands.measuring.tickets import measure_tickets
from tongban.commands.measuring.timing import Figures
from tongban.wiring import get_deps

MEASUREMENTS: dict[str, Callable[[int], Figures]] = {
    "rules": measure_rules,
    "groups": measure_groups,
    "ledger": measure_ledger,
    "lists": measure_lists,
    "exchange": measure_exchange,
    "replay": measure_replay,
    "rooms": measure_rooms,
    "search": measure_search,
    "clocks": measure_clocks,
    "tickets": measure_tickets,
    "pages": measure_pages,
    "packs": measure_packs,
    "ages": measure_ages,
}


class Command(BaseCommand):
    """Fills the node's tables with made-up cases: only for a node that is thrown away (`make bench`)."""

    help = "Measure one thing in this node, with made-up cases that stay; see `make bench`."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be measured."""
        parser.add_argument("what", choices=[*MEASUREMENTS, "application"])
        parser.add_argument("--count", type=int, default=1000, help="how many cases, messages or leaves")

    def handle(self, **options: object) -> None:
        """Measure, and print; `application` prints what a program would send."""
        if options["what"] == "application":
            application = food_application(get_deps(), decide_now=True)
            party = {"id": application.applicant.id, "name": application.applicant.name}
            plain = {
                "item_id": FOOD,
                "zone": application.deciding_zone,
                "answers": application.raw_answers,
                "applicant": party,
            }
            self.stdout.write(json.dumps(plain))
            return
        figures = MEASUREMENTS[str(options["what"])](int(str(options["count"])))
        self.stdout.write(json.dumps(figures))

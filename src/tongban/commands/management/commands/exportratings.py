"""`manage.py exportratings <scale>`: this zone's ratings with the numbers of one official scale."""

import argparse
import json

from django.core.management.base import BaseCommand, CommandError

from tongban.reads.ratings import export_ratings
from tongban.wiring import get_deps


class Command(BaseCommand):
    """The two official scales run in opposite directions, so the scale must be named."""

    help = "Print every rating of this zone as a line of JSON, with the number that a scale gives its level."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("scale", help="a scale of content/ratings.yaml, e.g. national-upload")

    def handle(self, **options: object) -> None:
        """Print line by line; nothing that an applicant wrote is among it."""
        deps, scale = get_deps(), str(options["scale"])
        known = sorted({name for level in deps.catalogue.ratings.levels for name in level.scales})
        if scale not in known:
            raise CommandError(f"There is no scale '{scale}'; there are: {', '.join(known)}.")
        for row in export_ratings(scale, deps):
            self.stdout.write(json.dumps(row, ensure_ascii=False))

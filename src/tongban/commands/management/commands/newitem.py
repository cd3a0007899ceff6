"""`manage.py newitem`, or `tongban new item`: the pack of a new item, marked wherever it must be written."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tongban.kernel.errors import Refused
from tongban.kernel.text import Text
from tongban.packs.load import load_catalogue
from tongban.packs.new_pack import PROCEDURES, NewItem, make_pack

_NEXT = """
Next: write what is marked “待写”, “TO WRITE”, “to-write”, state the facts under `gate` in item.yaml,
and run `make items`, which names every place that is left. Key by key: docs/item-packs.md."""


class Command(BaseCommand):
    """Writes a folder under content/items; never touches one that is there."""

    help = "Make the pack of a new service item."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("id", help="the folder's name: small letters, digits, hyphens")
        parser.add_argument("--procedure", default="licensing", help=f"one of {', '.join(PROCEDURES)}")
        parser.add_argument("--for", dest="object", default="firm", help="who may apply: firm or person")
        parser.add_argument("--title-zh", default="", help="its name in Chinese")
        parser.add_argument("--title-en", default="", help="its name in English")
        parser.add_argument("--content", default=None, help="content folder; otherwise the node's own")

    def handle(self, **options: str | None) -> None:
        """Write, and say what to do next."""
        folder = Path(options["content"] or settings.CONTENT_FOLDER).resolve()
        title = Text(options["title_zh"] or "", options["title_en"] or "")
        new = NewItem(str(options["id"]), str(options["procedure"]), str(options["object"]), title)
        try:
            paths = make_pack(new, load_catalogue(folder), folder)
        except Refused as refused:
            told = (f"--{one.pointer}: {one.text.zh} {one.text.en}" for one in refused.problems)
            raise CommandError("\n".join(told)) from None
        for path in paths:
            self.stdout.write(f"wrote {path.relative_to(folder).as_posix()}")
        self.stdout.write(_NEXT)

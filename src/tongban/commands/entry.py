"""The command `tongban`: `tongban new item NAME`, and every operator's command as manage.py has it."""

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

_SAID_IN_TWO_WORDS = {("new", "item"): "newitem"}


def translate(words: Sequence[str]) -> list[str]:
    """Return a command line in manage.py's words: ``new item x`` is ``newitem x``."""
    name = _SAID_IN_TWO_WORDS.get((*words[:2],)) if len(words) > 1 else None
    return [name, *words[2:]] if name else [*words]


def main() -> None:
    """Run one command, with the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings.dev")
    execute_from_command_line(["tongban", *translate(sys.argv[1:])])

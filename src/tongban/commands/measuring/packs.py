"""Packs: reading and checking a content folder that holds many of them."""

import re
import resource
import shutil
import sys
import tempfile
import time
from itertools import count as count_up
from pathlib import Path

from django.conf import settings

from tongban.commands.measuring.timing import Figures
from tongban.packs.load import load_catalogue

_KIB_PER_MIB = 1024


def measure_packs(count: int) -> Figures:
    """Return how long it takes to read so many packs from disk, and the most memory that the process took.

    Beside the packs that are there, copies of them under other names; law and evidence stay as they are.
    """
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(settings.CONTENT_FOLDER, content)
        copy_packs(content / "items", count)
        began, used = time.perf_counter(), time.process_time()
        catalogue = load_catalogue(content)
        seconds, cpu_s = time.perf_counter() - began, time.process_time() - used
    packs = len({item.id for item in catalogue.items.values()})
    unit = _KIB_PER_MIB if sys.platform == "linux" else _KIB_PER_MIB**2
    most_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"packs": packs, "seconds": seconds, "cpu_s": cpu_s, "memory_mib": most_mib}


def copy_packs(items: Path, count: int) -> None:
    """Copy the packs of a folder, round after round, until there are so many."""
    there = sorted(each for each in items.iterdir() if each.is_dir())
    missing = count - len(there)
    for number in count_up(1):
        for pack in there:
            if missing <= 0:
                return
            _copy_pack(pack, pack.with_name(f"{pack.name}-{number}"))
            missing -= 1


def _copy_pack(pack: Path, copy: Path) -> None:
    """Copy one pack; wherever it names itself, the copy names itself. A limit of the law keeps its name."""
    shutil.copytree(pack, copy)
    own_name = re.compile(rf"(?<!limit: )(?<![\w#-]){re.escape(pack.name)}(?![\w-])")
    for file in copy.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(own_name.sub(copy.name, text), encoding="utf-8")

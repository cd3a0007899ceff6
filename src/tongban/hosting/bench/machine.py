"""On what machine it was measured: without it a figure says nothing."""

import os
import platform
import time
from pathlib import Path

import psycopg

_SYNCED = 50


def describe_machine(admin_url: str, folder: Path) -> dict[str, str]:
    """Return processor, cores, memory, system, versions, the disk's fsync, and how busy it was before."""
    with psycopg.connect(admin_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
        durable = connection.execute(
            "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
            " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
        ).fetchone()
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": f"{version[0] if version else '?'} ({durable[0] if durable else '?'})",
        "fsync": f"{_fsync_ms(folder):.2f} ms",
        "load_before": f"{os.getloadavg()[0]:.2f}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"


def _fsync_ms(folder: Path) -> float:
    """Return the median of writing a block and having the disk confirm it."""
    path = folder / "fsync-probe"
    durations = []
    with path.open("wb", buffering=0) as stream:
        for _ in range(_SYNCED):
            began = time.perf_counter()
            stream.write(b"\0" * 8192)
            os.fsync(stream.fileno())
            durations.append(time.perf_counter() - began)
    path.unlink()
    return sorted(durations)[_SYNCED // 2] * 1000

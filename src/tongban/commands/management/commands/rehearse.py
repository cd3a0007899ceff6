"""`manage.py rehearse --on 2027-01-15`: what the clock will do on a day, without doing it."""

import argparse
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from tongban.domain.clock.wording import day_in_words
from tongban.reads.agenda import LONGEST_REHEARSAL_DAYS, NAMED_AT_MOST, Foreseen, check_days, rehearse
from tongban.wiring import get_deps

_TO = {
    "time": "系统 time itself",
    "clerk": "窗口人员 clerk",
    "officer": "审批人员 officer",
    "head": "负责人 head",
    "holder": "持证人 holder",
}


class Command(BaseCommand):
    """Reads the agenda and prints it by day and kind, in both languages; writes nothing."""

    help = "Show what will fire on a day, or from one day to another; nothing is done and nothing is written."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which days may be asked for."""
        parser.add_argument("--on", type=_read_day, help="one day, e.g. 2027-01-15")
        parser.add_argument("--from", dest="first", type=_read_day, help="the first of several days")
        parser.add_argument("--to", dest="last", type=_read_day, help="the last of them")
        parser.add_argument(
            "--most", type=int, default=NAMED_AT_MOST, help="case numbers to name of each kind"
        )

    def handle(self, **options: object) -> None:
        """Print what was found; say where the calendar ends."""
        first_on, last_on = _read_range(options)
        most = options["most"]
        found = rehearse(first_on, last_on, get_deps(), max(0, most) if isinstance(most, int) else 0)
        day = None
        for row in found.rows:
            if row.on != day:
                day = row.on
                self.stdout.write(_both(day))
            self._print_row(row)
        if not found.rows:
            self.stdout.write(f"{_both(first_on)} … {_both(last_on)}: 没有到期的事项 nothing falls due")
        if found.is_beyond_calendar:
            until = _both(found.known_until)
            self.stdout.write(
                f"已载入的日历到 {until} 为止；以后以工作日计的期限尚不知道，载入日历后请运行 rebuildindex\n"
                f"The loaded calendar ends on {until}; what is counted in working days "
                "is not known after it. Load the next one and run rebuildindex."
            )

    def _print_row(self, row: Foreseen) -> None:
        kind = row.kind
        self.stdout.write(f"  {kind.title.zh} {kind.title.en} · {row.count} · {_TO[kind.to]} · {kind.ground}")
        if row.case_ids:
            more = row.count - len(row.case_ids)
            numbers = ", ".join(row.case_ids)
            self.stdout.write(f"    {numbers}" + (f" … 另有 {more} 件 and {more} more" if more > 0 else ""))


def _read_day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{raw[:40]!r} is no day; write it like 2027-01-15") from None


def _read_range(options: dict[str, object]) -> tuple[date, date]:
    on, first, last = options["on"], options["first"], options["last"]
    if isinstance(on, date) and first is None and last is None:
        return on, on
    if on is None and isinstance(first, date) and isinstance(last, date):
        if check_days(first, last):
            return first, last
        raise CommandError(f"--from lies before --to, and at most {LONGEST_REHEARSAL_DAYS} days apart.")
    raise CommandError("Give one day with --on, or several with --from and --to.")


def _both(day: date) -> str:
    words = day_in_words(day)
    return f"{words.zh} {words.en}"

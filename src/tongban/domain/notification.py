"""What applicants are told: texts by kind, quiet hours and tries as data (``content/notices.yaml``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from tongban.domain.identifiers.written import make_plain
from tongban.domain.rules.complaints import LAW_KEY, Complaints
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text

IN_APP, EMAIL, SMS = "in-app", "e-mail", "sms"
OUTSIDE = (EMAIL, SMS)
"""Channels that leave the house; the applicant chooses them, and nobody is sent anything before."""
PLACES = ("item", "case", "zone", "day")
"""All that a text may name."""
ADDRESS_MAX = 254
_KIND_NAME = re.compile(r"[A-Za-z]+(-[a-z]+)*")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PATH = re.compile(r"/[a-z/]*(\{case\}/)?")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_MOBILE = re.compile(r"1\d{10}")
_KINDS_MAX, _TRIES_MAX, _NUMBER_MAX = 200, 20, 10_000


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A part of the day, read from the zone's clock, in which nothing leaves the house; may span midnight."""

    from_time: time
    until_time: time

    def find_next(self, at: datetime) -> datetime:
        """Return the first instant from ``at`` on that is not quiet."""
        here = at.astimezone(CHINA_STANDARD_TIME)
        now, start, end = here.time(), self.from_time, self.until_time
        spans_midnight = start > end
        is_quiet = (now >= start or now < end) if spans_midnight else start <= now < end
        if not is_quiet:
            return at
        day = here.date() + timedelta(days=1 if spans_midnight and now >= start else 0)
        return datetime.combine(day, end, CHINA_STANDARD_TIME).astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class CodeRule:
    """How an address is proved to be the applicant's own: a code is sent to it and typed in again.

    Args:
        a_day: so many codes are sent for one channel in 24 hours.
    """

    digits: int
    valid_minutes: int
    tries: int
    a_day: int


@dataclass(frozen=True, slots=True)
class NotificationBook:
    """Everything about messages that is data.

    Args:
        quiet: everywhere but in the zones of ``zones``.
        retry_minutes: how long after each failed try the next one is made; after the last it has failed.
        lease_minutes: how long handing over may take before it counts as broken off.
        texts: by event of a case, kind of the agenda, or ``appointment``.
        silent: for what nothing is said, and why.
    """

    ground: LawKey
    is_made_up: bool
    quiet: QuietHours
    zones: Mapping[ZoneId, QuietHours]
    retry_minutes: tuple[int, ...]
    lease_minutes: int
    kept_days: int
    code: CodeRule
    links: Mapping[str, str]
    subject: Text
    frame: Text
    code_says: Text
    texts: Mapping[str, Text] = field(default_factory=dict)
    silent: Mapping[str, Text] = field(default_factory=dict)

    def find_next(self, at: datetime, zone: ZoneId) -> datetime:
        """Return the first instant from ``at`` on at which a zone may send something out."""
        return self.zones.get(zone, self.quiet).find_next(at)

    def find_retry(self, at: datetime, attempts: int, zone: ZoneId) -> datetime | None:
        """Return when the next try is made after ``attempts`` of them, or None when there is none."""
        if attempts > len(self.retry_minutes):
            return None
        return self.find_next(at + timedelta(minutes=self.retry_minutes[max(attempts, 1) - 1]), zone)


_NOTHING = Text("", "")
NO_NOTIFICATIONS = NotificationBook(
    LawKey(""), True, QuietHours(time(0), time(0)), {}, (), 1, 1, CodeRule(6, 1, 1, 1), {}, _NOTHING,
    _NOTHING, _NOTHING,
)  # fmt: skip
"""For a content folder without messages: nobody is told anything."""


def read_address(channel: str, raw: str) -> str:
    """Return a typed address as it is kept. Raises Refused when it is none of its channel."""
    if channel == EMAIL:
        address = raw.strip()
        if len(address) <= ADDRESS_MAX and _MAILBOX.fullmatch(address):
            return address
        raise Refused(Problem("channel.no-mailbox", _NO_MAILBOX, "address"))
    if channel == SMS:
        number = make_plain(raw[:ADDRESS_MAX])
        if _MOBILE.fullmatch(number) and number.isascii():
            return number
        raise Refused(Problem("channel.no-mobile", _NO_MOBILE, "address"))
    raise Refused(Problem("channel.unknown", _UNKNOWN, "channel"))


def hide_address(address: str) -> str:
    """Return an address so that its owner knows it again and nobody else learns it."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:3]}****{address[-4:]}"


def parse_notifications(raw: object, file_name: str) -> NotificationBook:
    """Read the book; raises Refused with every problem found."""
    complaints = Complaints(room="notices")
    keys = (
        "ground", "is_made_up", "quiet", "zones", "retry_minutes", "lease_minutes", "kept_days", "code",
        "links", "subject", "frame", "code_says", "reasons", "texts", "silent",
    )  # fmt: skip
    part = complaints.read_mapping(raw, "", keys) or {}
    get = part.get
    book = NotificationBook(
        ground=LawKey(complaints.read_matching(get("ground"), "ground", LAW_KEY, "pipl-2021#6") or ""),
        is_made_up=complaints.read_yes_no(get("is_made_up"), "is_made_up") is True,
        quiet=_read_quiet(get("quiet"), "quiet", complaints),
        zones=_read_zones(get("zones"), complaints),
        retry_minutes=_read_tries(get("retry_minutes"), complaints),
        lease_minutes=_read_number(get("lease_minutes"), "lease_minutes", complaints),
        kept_days=_read_number(get("kept_days"), "kept_days", complaints),
        code=_read_code(get("code"), complaints),
        links=_read_links(get("links"), complaints),
        subject=complaints.read_text(get("subject"), "subject") or _NOTHING,
        frame=complaints.read_text(get("frame"), "frame", ("says", "link")) or _NOTHING,
        code_says=complaints.read_text(get("code_says"), "code_says", ("code", "minutes")) or _NOTHING,
        texts=_read_texts(get("texts", []), complaints),
        silent=_read_silent(get("silent"), get("reasons"), complaints),
    )
    for name in sorted(set(book.texts) & set(book.silent)):
        complaints.add("both", f"silent.{name}", "既有文本又写不告知。", "It has a text and is silent too.")
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return book


def _read_quiet(raw: object, pointer: str, complaints: Complaints) -> QuietHours:
    part = complaints.read_mapping(raw, pointer, ("from", "until")) or {}
    both = [
        complaints.read_matching(part.get(key), f"{pointer}.{key}", _CLOCK, "21:00") or "00:00"
        for key in ("from", "until")
    ]
    return QuietHours(*(time.fromisoformat(one) for one in both))


def _read_zones(raw: object, complaints: Complaints) -> dict[ZoneId, QuietHours]:
    if not isinstance(raw, Mapping):
        complaints.add("shape", "zones", "这里应为区到时段。", "Zones to hours belong here.")
        return {}
    return {ZoneId(str(zone)): _read_quiet(row, f"zones.{zone}", complaints) for zone, row in raw.items()}


def _read_tries(raw: object, complaints: Complaints) -> tuple[int, ...]:
    rows = complaints.read_list(raw, "retry_minutes", _TRIES_MAX)
    return tuple(_read_number(row, f"retry_minutes[{at}]", complaints) for at, row in enumerate(rows))


def _read_number(raw: object, pointer: str, complaints: Complaints) -> int:
    if type(raw) is int and 0 < raw <= _NUMBER_MAX:
        return raw
    complaints.add("number", pointer, "这里应为正整数。", "A whole number above 0 belongs here.")
    return 1


def _read_code(raw: object, complaints: Complaints) -> CodeRule:
    keys = ("digits", "valid_minutes", "tries", "a_day")
    part = complaints.read_mapping(raw, "code", keys) or {}
    return CodeRule(*(_read_number(part.get(key), f"code.{key}", complaints) for key in keys))


def _read_links(raw: object, complaints: Complaints) -> dict[str, str]:
    part = complaints.read_mapping(raw, "links", ("case", "appointment")) or {}
    return {
        name: complaints.read_matching(path, f"links.{name}", _PATH, "/cases/{case}/") or ""
        for name, path in part.items()
    }


def _read_texts(raw: object, complaints: Complaints) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for place, row in enumerate(complaints.read_list(raw, "texts", _KINDS_MAX)):
        pointer = f"texts[{place}]"
        part = complaints.read_mapping(row, pointer, ("of", "zh", "en"))
        if part is None:
            continue
        name = complaints.read_matching(part.get("of"), f"{pointer}.of", _KIND_NAME, "Accepted")
        words = {"zh": part.get("zh"), "en": part.get("en")}
        text = complaints.read_text(words, pointer, PLACES)
        if name in texts:
            complaints.add("twice", f"{pointer}.of", "已经有一个文本了。", "It has a text already.")
        elif name and text:
            texts[name] = text
    return texts


def _read_silent(raw: object, reasons: object, complaints: Complaints) -> dict[str, Text]:
    silent: dict[str, Text] = {}
    if not isinstance(raw, Mapping) or not isinstance(reasons, Mapping):
        complaints.add("shape", "silent", "这里应为理由到事件。", "Reasons to events belong here.")
        return silent
    words = {str(name): complaints.read_text(reason, f"reasons.{name}") for name, reason in reasons.items()}
    for why, names in raw.items():
        complaints.read_one_of(why, f"silent.{why}", words)
        for name in complaints.read_list(names, f"silent.{why}", _KINDS_MAX):
            if name in silent:
                complaints.add("twice", f"silent.{why}", "写了两次。", "It stands here twice.")
            silent[str(name)] = words.get(str(why)) or _NOTHING
    return silent


_NO_MAILBOX = Text("请填写邮箱地址，例如 name@example.cn", "Give an e-mail address, e.g. name@example.cn")
_NO_MOBILE = Text("请填写 11 位手机号码", "Give a mobile number of 11 digits")
_UNKNOWN = Text("没有这种渠道", "There is no such channel")

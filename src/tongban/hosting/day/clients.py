"""The people and programs of the day: they hand in, follow, correct, decide, and send again unanswered."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tongban.hosting.day.script import Entry
from tongban.hosting.story import log_in
from tongban.hosting.visitor import Page, PageProblem, Visitor

PATIENCE_SECONDS = 180
PAUSE_SECONDS = 0.3
TIMEOUT_SECONDS = 30
BRANCH, FOOD, MOVE = "travel-agency-branch-filing", "prepackaged-food-filing", "move-firm-between-zones"
UNKNOWN_BRANCH = "91320411MB0000007D"
"""A code that checks and that no register holds."""
NUMBER = re.compile(r"[A-Z]{2}\d{6}-[0-9A-Z]{8}")
WHY = "演示：按剧本作出。"
Plain = dict[str, Any]
Steps = Iterator[None]
"""A way through the day: it yields where it has to wait for others, and is gone on with later."""


class GaveUp(Exception):
    """Nobody answered for too long, or the answer was not what the script says."""


@dataclass(slots=True)
class Record:
    """What a client knows in the end: ``cases`` are the numbers that it was answered."""

    key: str
    mode: str
    zone: str
    cases: list[str] = field(default_factory=list)
    label: str = ""
    retries: int = 0
    seconds: float = 0.0
    fault: str = ""
    is_over: bool = False


@dataclass(slots=True)
class World:
    """Where the nodes are, who may act there, and what is typed.

    Args:
        addresses: of each zone's node.
        tokens: by zone and login.
        food, branch: the answers of the two forms.
        shop: number and name of the firm that hands the first in.
    """

    addresses: Mapping[str, str]
    tokens: Mapping[tuple[str, str], str]
    password: str
    food: Plain
    branch: Plain
    shop: Plain
    visitors: dict[tuple[str, str], Visitor] = field(default_factory=dict)
    locks: dict[tuple[str, str], threading.Lock] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def lock(self, zone: str, desk: str) -> threading.Lock:
        """Return the lock of a desk: one person does one thing at a time."""
        with self.guard:
            return self.locks.setdefault((zone, desk), threading.Lock())

    def visitor(self, zone: str, login: str, desk: str = "") -> Visitor:
        """Return somebody logged in at a zone's pages; whoever asks holds the desk's lock."""
        key = (zone, login + desk)
        if key not in self.visitors:
            visitor = Visitor(self.addresses[zone])
            if login:
                log_in(visitor, login, self.password)
            self.visitors[key] = visitor
        return self.visitors[key]


def insist(act: Callable[[], Any], record: Record) -> Any:
    """Do it until somebody answers; whatever is done twice must have happened once.

    Raises:
        GaveUp: no answer within three minutes.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except (httpx.HTTPError, PageProblem, TryAgain) as trouble:
            record.retries += 1
            if time.monotonic() > deadline:
                raise GaveUp(f"{type(trouble).__name__}: {str(trouble)[:300]}") from trouble
            time.sleep(PAUSE_SECONDS)


class TryAgain(Exception):
    """The node said that it cannot now."""


def call(
    world: World, record: Record, login: str, path: str, body: Plain | None = None, **headers: str
) -> Plain:
    """Ask or tell the API of the record's zone, again and again until it answers for good."""
    head = {"Authorization": f"Bearer {world.tokens[record.zone, login]}"} | headers
    address = f"{world.addresses[record.zone]}/api/v1{path}"

    def act() -> Plain:
        verb = "GET" if body is None else "POST"
        answer = httpx.request(
            verb, address, json=body, headers=head, timeout=TIMEOUT_SECONDS, trust_env=False
        )
        if answer.status_code >= 500 or answer.status_code in (409, 429):
            raise TryAgain(f"{answer.status_code} {answer.text[:200]}")
        if answer.status_code >= 400:
            raise GaveUp(f"{verb} {path}: {answer.status_code} {answer.text[:300]}")
        plain: Plain = answer.json()
        return plain

    found: Plain = insist(act, record)
    return found


def play(entry: Entry, record: Record, world: World) -> Steps:
    """Return the way of one line of the script."""
    return WAYS[entry.mode](entry, record, world)


def _hand_in(entry: Entry, record: Record, world: World, **changes: str | list[str]) -> str:
    """Hand in by the API; the same key again is the same case."""
    is_food = entry.mode in ("straight", "later")
    body = (
        {"item_id": FOOD, "zone": "suzhou", "answers": world.food}
        if is_food
        else {"item_id": BRANCH, "zone": "changzhou", "answers": {**world.branch, **changes}}
    )
    body["decide"] = "later" if entry.mode == "later" else "now"
    login = "shop" if is_food else "agent"
    receipt = call(world, record, login, "/applications", body, **{"Idempotency-Key": entry.key})
    record.cases.append(receipt["case_id"])
    return str(receipt["case_id"])


def _food(entry: Entry, record: Record, world: World) -> Steps:
    _hand_in(entry, record, world)
    yield from ()


def _branch(entry: Entry, record: Record, world: World) -> Steps:
    _hand_in(entry, record, world)
    yield from ()


def _until(record: Record, world: World, number: str, waits_for: str) -> Steps:
    """Look at one's case now and then until it waits for somebody."""
    while call(world, record, "agent", f"/cases/{number}")["waits_for"] != waits_for:
        yield


def _decided(slug: str) -> Callable[[Entry, Record, World], Steps]:
    """Return the way of a case that an officer of Changzhou decides."""

    def way(entry: Entry, record: Record, world: World) -> Steps:
        number = _hand_in(entry, record, world, scope=["domestic", "inbound", "outbound"])
        yield from _until(record, world, number, "person")
        with world.lock("changzhou", "officer"):
            insist(lambda: _decide(world, number, slug), record)

    return way


def _decide(world: World, number: str, slug: str) -> None:
    """Fill in the act's form, read what follows, confirm; nothing to do when it was done before."""
    officer = world.visitor("changzhou", "changzhou-officer")
    form = officer.open(f"/officer/cases/{number}/{slug}/")
    if form.status in (409, 422):
        return
    _require(form)
    given = {"reasons_zh": WHY, "agrees": "no", "differs": WHY, "step": "check"}
    check = _require(officer.send(form, form.get_form("reasons_zh", "step"), given))
    done = officer.send(check, check.get_form("reasons_zh", "step"), {"step": "act"})
    _require(done)


def _require(page: Page) -> Page:
    """Return a page that came well; a node on its way down answers otherwise."""
    if page.status >= 400:
        raise PageProblem(f"{page.address}: {page.status}")
    return page


def _corrected(entry: Entry, record: Record, world: World) -> Steps:
    """Give a number that no register holds, and the right one when told, not where it is decided."""
    number = _hand_in(entry, record, world, branch_uscc=UNKNOWN_BRANCH)
    yield from _until(record, world, number, "applicant")
    _correct(record, world, number, {"branch_uscc": world.branch["branch_uscc"]})


def _correct(record: Record, world: World, number: str, answers: Plain) -> None:
    try:
        call(world, record, "agent", f"/cases/{number}/corrections", {"answers": answers})
    except GaveUp:
        # Sent twice, the second finds nothing to correct any more.
        if call(world, record, "agent", f"/cases/{number}")["waits_for"] == "applicant":
            raise


def _withdrawn(entry: Entry, record: Record, world: World) -> Steps:
    number = _hand_in(entry, record, world, branch_uscc=UNKNOWN_BRANCH)
    yield from _until(record, world, number, "applicant")
    call(world, record, "agent", f"/cases/{number}/withdrawal", {"reason": WHY})


def _silent(entry: Entry, record: Record, world: World) -> Steps:
    """Ask for a person who then never answers: after five working days silence accepts."""
    number = _hand_in(entry, record, world, branch_uscc=UNKNOWN_BRANCH)
    yield from _until(record, world, number, "applicant")
    call(world, record, "agent", f"/cases/{number}/person", {})
    yield
    while not call(world, record, "agent", f"/cases/{number}")["needs_person"]:
        yield
    _correct(record, world, number, {"contact_mobile": "19900000999"})


def _bundle(entry: Entry, record: Record, world: World) -> Steps:
    """Move a firm: one receipt at Wuxi, its filing decided at Suzhou."""
    situation = {
        "to_zone": "suzhou",
        "from_zone": "wuxi",
        "old_licence": "none",
        "food": "packed",
        "has_staff": "no",
    }
    packed = {f"packed_food__{name}": value for name, value in world.food.items() if name not in _SHARED}
    answers = {name: world.food[name] for name in _SHARED} | packed
    wanted = {"bundle_id": MOVE, "situation": situation, "answers": answers}
    opened = call(world, record, "shop", "/bundle-applications", wanted, **{"Idempotency-Key": entry.key})
    number = opened["number"]
    call(world, record, "shop", f"/receipts/{number}/done/register-move", {})
    while True:
        members = call(world, record, "shop", f"/receipts/{number}")["members"]
        found = [one["case_id"] for one in members if one["id"] == "packed-food" and one["case_id"]]
        if found:
            record.cases += found
            return
        yield


_SHARED = ("premises", "contact_mobile")


def _window(_entry: Entry, record: Record, world: World) -> Steps:
    """Come to a window of Suzhou: identity, form, check, receipt, as the clerk's pages go."""
    with world.lock("suzhou", "intake"):
        known: list[str] = []
        number = insist(lambda: _take_in(world, known), record)
    record.cases.append(number)
    yield from ()


def _take_in(world: World, known: list[str]) -> str:
    """Take in once: whoever begins again looks first whether the number drawn before was handed in."""
    clerk = world.visitor("suzhou", "suzhou-clerk", "intake")
    if known and clerk.open(f"/window/cases/{known[0]}/receipt/").status == httpx.codes.OK:
        return known[0]
    page = _require(clerk.open(f"/window/take-in/{FOOD}/suzhou/"))
    if page.address.endswith("/client/"):
        identity: Plain = {
            "kind": "firm", "firm_name": world.shop["name"], "firm_id": world.shop["id"], "comes": "self",
            "mobile": world.food["contact_mobile"], "checks": ["identity", "complete", "consent"],
        }  # fmt: skip
        page = _require(clerk.send(page, page.get_form("firm_id", "checks"), identity))
    page = _require(clerk.send(page, page.get_form("premises", "outlets"), world.food))
    found = NUMBER.search(page.html)
    if found is None:
        raise PageProblem(f"{page.address} shows no number")
    known[:] = [found[0]]
    done = _require(clerk.send(page, page.get_form("read_through"), {"read_through": "yes"}))
    if found[0] not in done.address:
        raise PageProblem(f"{done.address} is not the receipt of {found[0]}")
    return found[0]


def _ticket(entry: Entry, record: Record, world: World) -> Steps:
    """Take a number at the entrance; a window with all queues calls the next."""
    with world.lock(entry.zone, "hall"):
        record.label = insist(lambda: _take_number(entry, world), record)
        insist(lambda: _call_next(entry.zone, world), record)
    yield from ()


def _take_number(entry: Entry, world: World) -> str:
    anybody = world.visitor(entry.zone, "", "hall")
    page = _require(anybody.open("/hall/"))
    given = _require(anybody.send(page, page.get_form("business"), {"business": entry.word}))
    if "/tickets/" not in given.address:
        raise PageProblem(f"{given.address} is no number")
    return given.address.rstrip("/").rpartition("/")[2]


def _call_next(zone: str, world: World) -> None:
    clerk = world.visitor(zone, f"{zone}-clerk", "hall")
    page = _require(clerk.open("/window/queue/"))
    sits = [form for form in page.forms if form.action.endswith("/sit/") and "window" in form.names]
    if sits and not any(form.action.endswith("/next/") for form in page.forms):
        page = _require(clerk.send(page, sits[0], {"window": "4"}))
    following = next((form for form in page.forms if form.action.endswith("/next/")), None)
    if following is None:
        raise PageProblem(f"{page.address} calls nobody")
    _require(clerk.send(page, following, {}))


WAYS: Mapping[str, Callable[[Entry, Record, World], Steps]] = {
    "straight": _food,
    "later": _food,
    "branch": _branch,
    "granted-by-officer": _decided("grant"),
    "refused-by-officer": _decided("refuse"),
    "corrected": _corrected,
    "withdrawn": _withdrawn,
    "silent": _silent,
    "window": _window,
    "bundle": _bundle,
    "ticket": _ticket,
}

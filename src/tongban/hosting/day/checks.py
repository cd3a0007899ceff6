"""Whether anything was lost, doubled or numbered twice: questions to the zones' accounts, from values alone.

An account is what ``manage.py dayaccount`` writes of a zone, a record what a client was answered.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
Accounts = Mapping[str, Plain]
SHOWN = 5
ENDED = ("concluded", "refused", "declined", "withdrawn", "returned", "ended", "unneeded")
PERSONS = ("person", "applicant", "authority")
NEVER_CALLED = "waiting"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question found: how much was looked at, and everything that is wrong."""

    name: str
    looked_at: int
    wrong: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def check_all(accounts: Accounts, records: Sequence[Plain]) -> list[Finding]:
    """Ask every question."""
    return [
        Finding(words, count, tuple(wrong))
        for words, ask in QUESTIONS
        for count, wrong in [ask(accounts, records)]
    ]


Answer = tuple[int, list[str]]
Ask = Callable[[Accounts, Sequence[Plain]], Answer]


def check_answered(_accounts: Accounts, records: Sequence[Plain]) -> Answer:
    """Every client came to the end of its way."""
    return len(records), [f"{one['key']} ({one['mode']}): {one['fault']}" for one in records if one["fault"]]


def check_submissions(accounts: Accounts, records: Sequence[Plain]) -> Answer:
    """One submission, one case, where it was received and where it is decided; and no case of nobody's."""
    wrong = []
    numbers: Counter[str] = Counter()
    asked = [one for one in records if one["mode"] != "ticket"]
    for one in asked:
        if len(set(one["cases"])) != 1:
            wrong.append(f"{one['key']} led to {sorted(set(one['cases']))}")
        numbers.update(set(one["cases"]))
        for number in one["cases"]:
            wrong += _find_absent(number, accounts)
    wrong += [f"{number} answers {count} submissions" for number, count in numbers.items() if count > 1]
    for zone, account in accounts.items():
        wrong += [f"{number} at {zone} is nobody's" for number in account["cases"] if number not in numbers]
    return len(asked), wrong


def _find_absent(number: str, accounts: Accounts) -> Iterator[str]:
    holding = {zone for zone, account in accounts.items() if number in account["cases"]}
    rows = [accounts[zone]["cases"][number] for zone in holding]
    if not rows:
        yield f"{number} is nowhere"
    for row in rows:
        for role in ("receiving_zone", "deciding_zone"):
            if row[role] not in holding:
                yield f"{number} is not at {row[role]} ({role})"


def check_histories(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Versions of each case run from 1 without a gap, and the index stands at the last."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        for number, row in account["cases"].items():
            versions = [version for version, _, _ in account["events"].get(number, [])]
            count += len(versions)
            if versions != list(range(1, len(versions) + 1)) or not versions:
                wrong.append(f"{number} at {zone} has versions {versions}")
            elif row["version"] != versions[-1]:
                wrong.append(f"{number} at {zone}: index {row['version']}, history {versions[-1]}")
        wrong += [
            f"{number} at {zone} has no index"
            for number in account["events"]
            if number not in account["cases"]
        ]
    return count, wrong


def check_once(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """What may happen once in a case happened at most once."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        for number, events in account["events"].items():
            names = Counter(name for _, name, _ in events)
            count += 1
            wrong += [f"{number} at {zone}: {name} {names[name]} times" for name in ONCE if names[name] > 1]
    return count, wrong


ONCE = ("Submitted", "Accepted", "Granted", "GrantRefused", "CredentialIssued", "DocumentSealed", "Withdrawn")


def check_copies(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """The receiving zone's copy is the deciding zone's history, event by event."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        for number, row in account["cases"].items():
            other = row["deciding_zone"]
            if other == zone or other not in accounts:
                continue
            own, theirs = account["events"].get(number, []), accounts[other]["events"].get(number, [])
            count += len(theirs)
            if [list(one) for one in own] != [list(one) for one in theirs]:
                wrong.append(f"{number}: {zone} has {len(own)} events, {other} {len(theirs)}, or they differ")
    return count, wrong


def check_papers(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Document numbers: none twice in any zone; in each series and year from 1 on without a gap."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        numbers = [paper["number"] for paper in account["papers"]]
        count += len(numbers)
        wrong += _find_twice(numbers, zone)
        wrong += _find_twice([paper["paper_id"] for paper in account["papers"]], zone)
        series: dict[str, list[int]] = {}
        for number in numbers:
            before, counted = _split_number(number)
            series.setdefault(before, []).append(counted)
        for before, counted_all in series.items():
            if sorted(counted_all) != list(range(1, len(counted_all) + 1)):
                wrong.append(
                    f"{zone}: {before} has {len(counted_all)} documents, the last is {max(counted_all)}"
                )
        given = sum(last for _, _, last in account["serials"])
        if given != len(numbers):
            wrong.append(f"{zone} gave out {given} numbers and has {len(numbers)} documents")
    return count, wrong


def _split_number(number: str) -> tuple[str, int]:
    """Return what stands before the serial, authority, kind and year, and the serial."""
    found = re.fullmatch(r"(.*?)(\d+)\D*", number)
    return (found[1], int(found[2])) if found else (number, 0)


def check_licences(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Licence numbers are unique in all zones; one a case that issued one; every one verifies."""
    wrong = []
    licences = [(zone, one) for zone, account in accounts.items() for one in account["licences"]]
    wrong += _find_twice([one["credential_id"] for _, one in licences], "all zones")
    wrong += _find_twice([one["case_id"] for _, one in licences], "all zones")
    held = {one["case_id"] for _, one in licences}
    for zone, account in accounts.items():
        for number, row in account["cases"].items():
            if row["deciding_zone"] == zone and row["credential_id"] and number not in held:
                wrong.append(f"{number} has no licence in the register of {zone}")
    wrong += [f"{one['credential_id']}: {one['verdict']}" for _, one in licences if one["verdict"] != "good"]
    return len(licences), wrong


def check_ledger(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Each zone's tree: places without gaps, no key twice, the signed root is that of its leaves."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        ledger = account["ledger"]
        count += len(ledger["keys"])
        wrong += _find_twice(ledger["keys"], f"the ledger of {zone}")
        if ledger["places"] != list(range(len(ledger["keys"]))):
            wrong.append(f"{zone}: {len(ledger['keys'])} leaves, places with gaps or none")
        if ledger["size"] != len(ledger["keys"]) or not ledger["is_root_right"]:
            wrong.append(f"{zone}: the checkpoint of {ledger['size']} leaves is not that of the leaves")
    return count, wrong


def check_leaves(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """There is a leaf for every licence, for every message that went out and for every one that came in."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        keys = set(account["ledger"]["keys"])
        wanted = [one["leaf_key"] for one in account["licences"]]
        wanted += [f"message:out:{one['message_id']}" for one in account["sent"] if one["receipt"]]
        wanted += [f"message:in:{one['from_zone']}:{one['message_id']}" for one in account["received"]]
        count += len(wanted)
        wrong += [f"{zone} has no leaf {key}" for key in wanted if key not in keys]
    return count, wrong


def check_messages(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Every message was received exactly once, with the receipt that its sender holds, and no other."""
    wrong: list[str] = []
    sent = {
        (zone, one["to_zone"], one["message_id"]): one
        for zone, own in accounts.items()
        for one in own["sent"]
    }
    received: Counter[tuple[str, str, str]] = Counter()
    receipts = {}
    for zone, account in accounts.items():
        for one in account["received"]:
            key = (one["from_zone"], zone, one["message_id"])
            received[key] += 1
            receipts[key] = one["receipt"]
    for key, one in sent.items():
        if received[key] != 1:
            wrong.append(f"{'→'.join(key[:2])} {key[2]} ({one['type']}) was received {received[key]} times")
        elif not one["receipt"] or one["receipt"] != receipts[key]:
            wrong.append(f"{'→'.join(key[:2])} {key[2]} ({one['type']}): the receipts differ")
    wrong += [f"{key} was never sent" for key in received if key not in sent]
    return len(sent), wrong


def check_channels(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Messages of a direction are numbered from 1 without a gap, and both ends agree on the last."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        for peer in (other for other in accounts if other != zone):
            out = sorted(one["seq"] for one in account["sent"] if one["to_zone"] == peer and one["seq"])
            came = sorted(one["seq"] for one in accounts[peer]["received"] if one["from_zone"] == zone)
            count += len(out)
            if out != list(range(1, len(out) + 1)) or came != out:
                wrong.append(f"{zone}→{peer}: {len(out)} numbered, {len(came)} received")
    return count, wrong


def check_tickets(accounts: Accounts, records: Sequence[Plain]) -> Answer:
    """Numbers of the halls: none twice, each queue from 1 on without a gap, and every client's is there."""
    wrong = []
    taken = [(one["zone"], one["label"]) for one in records if one["mode"] == "ticket" and one["label"]]
    wrong += _find_twice(taken, "the clients' hands")
    count = 0
    for zone, account in accounts.items():
        labels = {one["label"] for one in account["tickets"]}
        count += len(account["tickets"])
        wrong += _find_twice([(one["on"], one["label"]) for one in account["tickets"]], zone)
        wrong += [
            f"{label} is not at {zone}" for where, label in taken if where == zone and label not in labels
        ]
        for on, business, last in account["ticket_serials"]:
            serials = sorted(
                one["serial"] for one in account["tickets"] if (one["on"], one["business"]) == (on, business)
            )
            if serials != list(range(1, last + 1)):
                wrong.append(f"{zone} {business}: {len(serials)} numbers, the last given is {last}")
        served = [(one["on"], one["window"]) for one in account["tickets"] if one["state"] == "called"]
        wrong += _find_twice(served, f"the windows of {zone}")
    return count, wrong


def check_ends(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Every case has ended, or waits for a person who has to act; none hangs between machines."""
    count, wrong = 0, []
    for zone, account in accounts.items():
        for number, row in account["cases"].items():
            if row["deciding_zone"] != zone:
                continue
            count += 1
            if row["stage"] not in ENDED and row["waits_for"] not in PERSONS:
                wrong.append(
                    f"{number} stands at {row['stage']} and waits for {row['waits_for'] or 'nobody'}"
                )
        wrong += [f"{zone} still has {many} {what}" for what, many in account["left"].items() if many]
    return count, wrong


def check_outcomes(accounts: Accounts, records: Sequence[Plain]) -> Answer:
    """Every case ended as its script says."""
    count, wrong = 0, []
    for one in records:
        for number in one["cases"]:
            rows = [own["cases"][number] for own in accounts.values() if number in own["cases"]]
            stages = {row["stage"] for row in rows}
            count += 1
            if stages and not stages <= EXPECTED[one["mode"]]:
                wrong.append(f"{number} ({one['mode']}) stands at {', '.join(sorted(stages))}")
            if one["mode"] == "silent" and not _is_deemed(number, accounts):
                wrong.append(f"{number} was not accepted by silence")
    return count, wrong


GRANTED = ("straight", "later", "branch", "granted-by-officer", "corrected", "window", "bundle")
EXPECTED: Mapping[str, frozenset[str]] = {
    **{mode: frozenset({"concluded"}) for mode in GRANTED},
    "refused-by-officer": frozenset({"refused"}),
    "withdrawn": frozenset({"withdrawn"}),
    "silent": frozenset({"assessed"}),
}


def _is_deemed(number: str, accounts: Accounts) -> bool:
    for account in accounts.values():
        names = [name for _, name, _ in account["events"].get(number, [])]
        if "Accepted" in names and "CorrectionRequested" in names:
            return True
    return False


def check_fired(accounts: Accounts, _records: Sequence[Plain]) -> Answer:
    """Nothing fell due twice."""
    rows = [(zone, *one.values()) for zone, account in accounts.items() for one in account["fired"]]
    return len(rows), list(_find_twice(rows, "the agendas"))


def _find_twice(values: Iterable[Any], where: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{value} {count} times in {where}"


QUESTIONS: tuple[tuple[str, Ask], ...] = (
    ("every client was answered", check_answered),
    ("one submission, one case", check_submissions),
    ("histories without gaps", check_histories),
    ("decided, issued, sealed at most once", check_once),
    ("copies equal the originals", check_copies),
    ("document numbers without gaps or doubles", check_papers),
    ("licences unique, registered, verified", check_licences),
    ("ledgers consistent, no leaf twice", check_ledger),
    ("a leaf for every licence and receipt", check_leaves),
    ("every message received exactly once", check_messages),
    ("channels numbered without gaps", check_channels),
    ("tickets without gaps or doubles", check_tickets),
    ("every case ended or waits for a person", check_ends),
    ("every case ended as its script says", check_outcomes),
    ("nothing fell due twice", check_fired),
)

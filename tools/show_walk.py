"""The recorded walk as pages: steps between zones, calls indented, the spine shown once."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tools.trace_walk import Call, Walk, take_walk

PERFORM = "perform.perform"

SPINE = {
    "cases.find",
    "cases.append",
    "domain.case.decide.decide",
    "domain.case.state.apply",
    "perform.get_case",
    "perform.setting_for",
}
"""What `perform` does each time; written out in the first step and left out afterwards."""

SMALL = {"cases.find", "perform.get_case", "perform.machine_of", "jobs.defer"}
"""Left out everywhere but in the first step; jobs stand in the line above each step."""

CARRIERS = ("domain.case.plain.", "report_progress.redact", "answer_evidence.spoken_at")
"""Turning events into messages and back: left out."""

NAME_WIDTH = 62


def compose_walk() -> str:
    """Run the example and return the generated part of docs/walk.md."""
    walk = take_walk()
    parts = [show_step(number, step) for number, step in enumerate(walk.steps, start=1)]
    return "\n".join([*parts, show_histories(walk), show_verdict(walk)])


def show_step(number: int, step: Call) -> str:
    """One outermost call with all below it."""
    lines = list(show_call(step, 0, is_first=number == 1))
    kept = {0: "nothing is written", 1: "one transaction"}.get(step.transactions, "several transactions")
    jobs = sorted({note for call in walk_calls(step) if call.name == "jobs.defer" for note in call.notes})
    woken = f"; jobs left for later: {', '.join(f'`{job}`' for job in jobs)}" if jobs else ""
    return f"### {number}. {title(step)}\n\n*{kept}{woken}*\n\n```\n" + "\n".join(lines) + "\n```\n"


def title(step: Call) -> str:
    """What a person would call the step."""
    match step.name:
        case "submit.submit":
            return f"{step.zone}: somebody hands in an application"
        case "receive.receive":
            type_, from_zone = step.notes[:2]
            return f"{from_zone} → {step.zone}: `{type_}`"
        case "offer_files.find_blob":
            return f"{step.zone}: somebody fetches a locked file by its hash"
        case "take_in_file.take_in_file":
            return f"{step.zone}: the file that was fetched is opened and compared"
        case "verify.verify_number":
            return f"{step.zone}: anybody checks the licence by its number"
    return f"{step.zone}: a job runs `{step.name.partition('.')[0]}`"


def show_call(call: Call, depth: int, *, is_first: bool) -> Iterator[str]:
    """The lines of a call and of those below it; equal ones in a row are one line."""
    if call.name != "react.react" or is_first:
        yield show_line(call, depth)
        depth += 1
    shown = [each for each in call.inner if is_first or not is_left_out(each, call)]
    for _, run in groupby(
        shown, key=lambda each: (each.name, tuple(each.notes), id(each) * bool(each.inner))
    ):
        first, *more = run
        lines = list(show_call(first, depth, is_first=is_first))
        yield from lines[:-1]
        yield from (f"{line} ×{len(more) + 1}" if more else line for line in lines[-1:])


def is_left_out(call: Call, above: Call) -> bool:
    """Whether a line would only repeat what the first step has shown."""
    is_spine = above.name == PERFORM and call.name in SPINE
    return is_spine or call.name in SMALL or call.name.startswith(CARRIERS)


def show_line(call: Call, depth: int) -> str:
    """Floor, name, and what is worth knowing of it."""
    line = f"{call.floor} {'  ' * depth}{call.name}"
    told = describe(call)
    return f"{line:<{NAME_WIDTH}} {told}".rstrip() if told else line


def describe(call: Call) -> str:
    """A command with its events; or plain notes."""
    if call.name == PERFORM:
        command, *events = call.notes
        return f"{command} ⇒ {', '.join(count_same(events)) or 'nothing new'}"
    return "" if call.name == "receive.receive" else ", ".join(call.notes)


def count_same(names: Sequence[str]) -> list[str]:
    """Names with how often each came in a row."""
    runs = [(name, len(list(group))) for name, group in groupby(names)]
    return [name if times == 1 else f"{name} ×{times}" for name, times in runs]


def walk_calls(call: Call) -> Iterator[Call]:
    """A call and all below it."""
    yield call
    for each in call.inner:
        yield from walk_calls(each)


def show_histories(walk: Walk) -> str:
    """The case as both zones keep it."""
    copied = {one.version: one for one in walk.copied}
    rows = [
        f"| {one.version} | {type(one.event).__name__} | {one.actor.kind} | {one.zone} | "
        f"{'yes' if one.version in copied else 'no'} |"
        for one in walk.decided
    ]
    head = "| version | event | by | recorded in | copy in suzhou |\n|---|---|---|---|---|\n"
    leaves = ", ".join(f"`{leaf}`" for leaf in walk.leaves)
    return (
        "### What is left behind\n\n"
        + head
        + "\n".join(rows)
        + f"\n\nLeaves in changzhou's ledger: {leaves}.\n"
    )


def show_verdict(walk: Walk) -> str:
    """What the public check proved, step by step."""
    rows = [
        f"| {number} | {step.asks.zh} {step.asks.en} | {step.found.value} | {step.says.en} |"
        for number, step in enumerate(walk.verdict.steps, start=1)
    ]
    head = "| step | asked | found | in words |\n|---|---|---|---|\n"
    return f"### What the check said: {walk.verdict.outcome}\n\n" + head + "\n".join(rows) + "\n"

"""A name says what a thing is; some names say nothing and are banned."""

from typing import get_args

import pytest

from tests.house.source import list_files, list_python, parse, short, walk_functions
from tongban.domain.case import commands, events

BANNED = {"utils", "util", "helpers", "helper", "misc", "common", "services", "managers", "manager"}
BANNED_BEGINNINGS = ("process_", "handle_", "do_", "manage_")
FRAMEWORKS_CALL_THEM_SO = {
    *("process_exception", "process_view", "process_template_response"),
    *("handle_starttag", "handle_endtag", "handle_data"),
}
PAST_WITHOUT_ED = ("Wrote", "Held", "Withdrawn", "Begun", "Sent", "Given", "Taken", "Made", "Paid")


def test_no_file_or_folder_bears_a_name_that_says_nothing() -> None:
    bad = [
        short(path)
        for path in list_files()
        if short(path).startswith(("src/", "tests/", "tools/", "content/"))
        and BANNED & {part.split(".")[0] for part in path.parts[-6:]}
    ]
    assert bad == []


def test_no_function_processes_handles_does_or_manages() -> None:
    bad = [
        f"{short(path)}:{function.lineno} {function.name}"
        for path in list_python("src")
        for function in walk_functions(parse(path))
        if function.name.lstrip("_").startswith(BANNED_BEGINNINGS)
        and function.name not in FRAMEWORKS_CALL_THEM_SO
    ]
    assert bad == []


@pytest.mark.parametrize("event", get_args(events.Event), ids=lambda event: event.__name__)
def test_an_event_tells_what_has_happened(event: type) -> None:
    assert event.__name__.endswith(("ed", *PAST_WITHOUT_ED))


def test_no_command_bears_the_name_of_an_event() -> None:
    told = {event.__name__ for event in get_args(events.Event)}
    asked = {command.__name__ for command in get_args(commands.Command)}
    assert told
    assert asked
    assert told & asked == set()

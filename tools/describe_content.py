"""What the content folder says, as tables for the documents: words, logins, items, law, calendars."""

import re
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parents[1] / "content"
SECTION = re.compile(r"^  # -{4} (.+?) -+$")
TERM = re.compile(r"^  - \{zh:")
ZONES = ("suzhou", "wuxi", "changzhou")


def read(path: Path) -> Any:
    """A YAML file as plain values."""
    # The same reader as the node's: PyYAML's two parsers do not take quite the same YAML.
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar inside a cell would end it, so it is written as an entity."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def compose_glossary() -> str:
    """The words of content/terms.yaml under their headings."""
    path = CONTENT / "terms.yaml"
    terms = iter(read(path)["terms"])
    parts: list[str] = []
    rows: list[list[str]] = []
    head = ["中文", "English", "in code", "note"]
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := SECTION.match(line):
            if rows:
                parts.append(table(head, rows))
            rows = []
            parts.append(f"\n## {match[1].capitalize()}\n\n")
        elif TERM.match(line):
            rows.append(show_term(next(terms)))
    parts.append(table(head, rows))
    if next(terms, None) is not None:
        raise ValueError("a term of content/terms.yaml does not begin with '- {zh:'")
    return "".join(parts).lstrip("\n")


def show_term(term: dict[str, Any]) -> list[str]:
    """One row; a term whose code is still to come says so."""
    names = ", ".join(f"`{name}`" for name in term["code"])
    later = "*later*" if term.get("later") else ""
    return [term["zh"], term["en"], " ".join(part for part in (names, later) if part), term["note"]]


def compose_logins() -> str:
    """Who may log in to the demonstration."""
    story = read(CONTENT / "fiction" / "story.yaml")
    people, firms, accounts = story["people"], story["firms"], story["accounts"]
    rows = []
    for row in accounts["everywhere"]:
        person, firm = people[row["person"]]["name"], firms.get(row.get("firm"))
        role = "applicant"
        if row.get("by_authorisation"):
            role = "applicant's agent"
        rows.append(
            [f"`{row['username']}`", role, f"{person}{'，' + firm['name'] if firm else ''}", "all three"]
        )
    for row in accounts["staff"]:
        rows.append([f"`{row['username'].format(zone='ZONE')}`", row["role"], row["name"], "its own"])
    zones = ", ".join(f"`{zone}`" for zone in ZONES)
    told = f"Password of every one: `{story['password']}`. For ZONE write {zones}.\n\n"
    return told + table(["login", "role", "who (all made up)", "zones"], rows)


def compose_answers() -> str:
    """What the demonstration's application answers, with the questions as the form asks them."""
    story = read(CONTENT / "fiction" / "filing.yaml")
    form = read(CONTENT / "items" / story["item"] / "form.yaml")
    questions = {each["id"]: each for section in form["sections"] for each in section["questions"]}
    rows = []
    for name, answer in story["answers"].items():
        asked = questions[name]
        said = [asked["choices"][each]["zh"] for each in answer] if isinstance(answer, list) else [answer]
        rows.append([asked["label"]["zh"], asked["label"]["en"], "、".join(said)])
    return table(["问题", "question", "answer"], rows)


def compose_items() -> str:
    """The item packs that are here."""
    rows = []
    for path in sorted((CONTENT / "items").glob("*/item.yaml")):
        item, name = read(path), path.parent.name
        cases = len(list((path.parent / "cases").glob("*.yaml")))
        rows.append([item["title"]["zh"], item["title"]["en"], f"`{name}`", item["regime"], str(cases)])
    return table(["事项", "item", "folder in content/items", "regime", "example cases"], rows)


def compose_law() -> str:
    """The acts whose articles are written down."""
    rows = []
    for path in sorted((CONTENT / "law").glob("*.yaml")):
        act = read(path)
        rows.append([f"`{act['key']}`", act["title"]["zh"], act["title"]["en"], str(len(act["articles"]))])
    return table(["key", "法律、法规、标准", "in English", "articles here"], rows)


def compose_calendars() -> str:
    """The calendars that are loaded, with the notice each was taken from."""
    rows = []
    for path in sorted((CONTENT / "calendars").glob("*.yaml")):
        year = read(path)
        rows.append(
            [
                f"`{year['name']}`",
                str(year["notice"]["number"]),
                str(year["notice"]["issued_on"]),
                str(year["last_day"]),
            ]
        )
    return table(["calendar", "notice", "issued", "last day loaded"], rows)

"""Reading many packs: copies under other names are packs in their own right, and all are read."""

from tongban.commands.measuring.packs import measure_packs


def test_as_many_packs_are_read_as_were_asked_for_and_the_memory_is_told() -> None:
    figures = measure_packs(60)
    assert figures["packs"] == 60
    assert figures["memory_mib"] > 0
    assert figures["seconds"] > 0

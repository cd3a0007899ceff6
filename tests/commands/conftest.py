"""A whole node for the operators' commands: the same as behind the programs' door."""

from tests.api.conftest import deps, keys  # noqa: F401 - fixtures, for whoever asks

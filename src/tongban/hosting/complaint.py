"""What a person is told when a node cannot be run: one plain sentence that says what to do."""


class CannotRun(Exception):
    """Something on this machine is missing or in the way; the text says what, why and what to do next."""

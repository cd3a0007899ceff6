"""A stand-in for the people's government that reviews decisions; no node is connected to a real one."""

from tongban.flows.memory_review import MemoryReviewBody


class SimulatedReviewBody(MemoryReviewBody):
    """The port ``ReviewBody``; whatever it says calls itself simulated."""

"""Floor 5: the one place that knows everybody. Entries ask it for ``Deps`` and for what a node alone does."""

from tongban.wiring.node import Node, get_deps, get_node, settle_memory

__all__ = ["Node", "get_deps", "get_node", "settle_memory"]

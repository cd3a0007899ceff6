"""Service items: what the law and the zones say about each, as one value."""

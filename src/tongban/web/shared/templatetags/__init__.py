"""Template tags of all pages; loaded everywhere, so templates need no {% load %}."""

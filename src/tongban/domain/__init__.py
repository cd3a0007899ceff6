"""Floor 2: what the law and the procedure mean, computed from values alone."""

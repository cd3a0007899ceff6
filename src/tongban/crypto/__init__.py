"""Floor 1: the only place that hashes, canonicalises, encrypts and signs."""

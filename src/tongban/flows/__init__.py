"""Floor 3: one verb, one function; the ports they ask through; what follows what."""

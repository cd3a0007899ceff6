"""Floor 4: telling applicants what happened, one text per event."""

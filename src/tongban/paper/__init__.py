"""Floor 4: certificates as sealed documents, drawn and checked."""

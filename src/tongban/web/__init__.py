"""Floor 6: where people enter, one room per role."""

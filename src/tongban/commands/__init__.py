"""Floor 6: where operators enter, from the command line."""

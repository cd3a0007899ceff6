"""Floor 4: the only room that talks to other zones."""

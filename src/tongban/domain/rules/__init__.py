"""The rules room: a table of criteria, read once, evaluated totally, explained in two languages."""

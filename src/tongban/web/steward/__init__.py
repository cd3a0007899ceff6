"""The steward's room: what a machine may grant and how it is held, and what the zones have agreed on."""

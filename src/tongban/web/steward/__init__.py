"""The steward's room: which items a machine may grant, how it is held, how well it does, what is proposed."""

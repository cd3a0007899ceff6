"""The officer's room: the worklist, a case with its facts beside their sources, and the acts of a person."""

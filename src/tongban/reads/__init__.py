"""Floor 4 and a half: the questions that pages ask of the tables."""

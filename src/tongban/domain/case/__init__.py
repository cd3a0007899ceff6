"""A case is its history: commands ask, events tell, state folds them, decide says which may follow."""

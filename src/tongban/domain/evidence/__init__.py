"""What must be proved, who holds the proof, and how far a machine may rely on it."""

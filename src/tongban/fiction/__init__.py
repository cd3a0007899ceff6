"""Floor 4: visibly fictional firms, people and records for demonstration and tests."""

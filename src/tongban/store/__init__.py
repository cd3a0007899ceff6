"""Floor 4: PostgreSQL; the only room with tables."""

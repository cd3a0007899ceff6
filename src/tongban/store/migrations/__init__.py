"""The tables' history, in one line; ``max_migration.txt`` names the last, so that branches collide."""

"""Floor 4: item packs on disk, read, checked and played."""

"""Floor 6: where machines enter: peers and public clients."""

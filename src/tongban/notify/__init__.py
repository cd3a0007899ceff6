"""Floor 4: carrying messages outside, by mail; a stand-in for what is not connected."""

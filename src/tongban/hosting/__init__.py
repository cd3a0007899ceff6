"""Floor 6: finding and starting what a node stands on: database, processes, ports."""

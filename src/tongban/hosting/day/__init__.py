"""A scripted day (make day): three zones on a played clock, clients, a killer of processes, an account."""

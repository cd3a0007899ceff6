"""Settings: what the environment says, for development, tests and production."""

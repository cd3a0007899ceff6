"""The roof: settings, URLs and the server's entry point."""

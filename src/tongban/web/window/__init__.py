"""The window's room: take in for somebody, for any zone's item; receipts; what a client may do there."""

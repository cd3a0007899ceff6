"""The common standard: base packs proposed and ratified by all zones, and the table where differences end."""

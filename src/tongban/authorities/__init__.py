"""Authorities outside the alliance that decide some items. Only a stand-in is here, and it says so."""

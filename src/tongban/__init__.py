"""Tongban: any zone's service item, handled from any zone."""

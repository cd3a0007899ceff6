"""Statutory clocks: working calendars, time limits with their article, and readings computed on a day."""

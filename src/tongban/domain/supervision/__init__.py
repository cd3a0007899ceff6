"""Supervision (电子监察): what is watched by itself, what it finds, and how each finding is answered."""

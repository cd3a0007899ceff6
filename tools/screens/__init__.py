"""Pictures under docs/screens, taken from a running demonstration (make up, then make screens)."""

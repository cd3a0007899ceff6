"""The licence as a signed object: what it claims, how it is composed, what has become of it."""

"""The applicant's room: find an item, read its guide, apply, follow the case, receive the licence."""

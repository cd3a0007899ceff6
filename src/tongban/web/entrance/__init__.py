"""The way in: the first page, logging in and out, and the page of an account that is locked for a while."""

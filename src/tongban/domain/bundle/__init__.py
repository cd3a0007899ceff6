"""One thing (一件事): several items from the applicant's point of view, with one form and one receipt."""

"""What a rule table and a zone's overlay are proved to do, by an SMT solver, before anybody applies."""

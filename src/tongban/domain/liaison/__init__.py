"""What zones owe one another: originals from hand to hand, receipt confirmed, delegations, disputes."""

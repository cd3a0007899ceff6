"""The custodians' room: the seal's state, putting it to use by two, suspending it, its register."""

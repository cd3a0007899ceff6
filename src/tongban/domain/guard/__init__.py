"""What keeps a machine that grants in bounds: the gate before it, and what is measured of it afterwards."""

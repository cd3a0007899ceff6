"""The hall's room, for anyone: numbers are taken, the board calls them, appointments are booked."""

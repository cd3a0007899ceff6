"""Numbers of persons, firms, items, licences and places: their shape, their check characters, their parts."""

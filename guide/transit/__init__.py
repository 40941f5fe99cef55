"""Lines and stations: the cheapest route to a place, its steps, its maps."""

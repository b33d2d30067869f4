"""X12: its syntax, the orders it carries and the answers we write."""

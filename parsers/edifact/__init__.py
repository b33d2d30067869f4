"""EDIFACT (ISO 9735): its syntax, the orders it carries and the answers we write."""

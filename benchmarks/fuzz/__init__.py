"""Damaged documents for the readers: what makes them, and what watches the reading."""

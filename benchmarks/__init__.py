"""Measurements, for people: run them on an idle machine. No test asserts a time."""

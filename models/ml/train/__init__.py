"""How the shipped models are made: seeded, so that the same inputs give the same models."""

"""The demo company and its sample inbox: seeded, believable, and kept as readable files."""

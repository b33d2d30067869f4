"""Measures the matching of items and of product pairs, with others' ways in the same run."""

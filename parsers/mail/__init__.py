"""Mails as files: their parts, what of their text is new, and their HTML."""

"""Checks links: what they lead to, how they are written, and those that a page conceals."""

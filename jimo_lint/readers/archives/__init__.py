"""Reads the archives of new-media accounts: one format a module, and whose posts they are."""

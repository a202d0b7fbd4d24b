"""Prints reports for people who sit at a terminal."""

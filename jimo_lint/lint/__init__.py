"""Judges: rules, standards, the engine, and what becomes of findings."""

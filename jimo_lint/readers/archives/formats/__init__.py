"""Reads the posts of an archive: one module for each format that archives come in."""

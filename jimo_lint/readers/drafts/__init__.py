"""Reads local drafts for `check`, and knows where each character stands in the file."""

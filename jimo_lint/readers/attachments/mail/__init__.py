"""Reads letters as mail programs save them, with what is attached to them."""

"""Reads workbooks of every kind cell by cell, with what is hidden, noted and drawn in them."""

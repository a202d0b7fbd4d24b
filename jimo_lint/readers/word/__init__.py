"""Reads documents of Word, old and new, as Word shows them with all changes accepted."""

"""Reads text in pictures by OCR, where the extra is installed."""

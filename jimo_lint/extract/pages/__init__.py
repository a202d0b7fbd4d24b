"""Reads one page whole, and tells pages from what stands in their place."""

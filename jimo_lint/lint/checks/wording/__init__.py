"""Checks the words of a page, post or draft: lists, patterns, near misses, punctuation, figures, typos."""

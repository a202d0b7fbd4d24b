"""Finds likely typos by statistics: rare n-grams are suspicious, confusable characters and words are proposed.

Nothing is imported here: the modules below need numpy, which a start without a statistical rule has no use for.
"""

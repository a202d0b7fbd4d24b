"""Inspects many sites with many workers, and sums up what came of it."""

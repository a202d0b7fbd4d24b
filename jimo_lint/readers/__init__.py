"""Reads what lies on disk: local drafts, and the archives of new-media accounts."""

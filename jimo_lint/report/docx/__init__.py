"""Writes drafts of official documents for Word and WPS, in the form that GB/T 9704 gives them."""

"""Lays a report out as one page that a browser shows and prints, with nothing loaded from elsewhere."""

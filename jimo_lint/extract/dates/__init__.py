"""Dates: as people write them, as machines do, and which of a page's dates says what."""

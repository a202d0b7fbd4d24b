"""Checks a site as a whole: home page, metas, footer, annual reports."""

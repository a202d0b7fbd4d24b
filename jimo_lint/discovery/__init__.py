"""Finds the columns of a site, or reads them from an office's catalogue, and writes them as configuration."""

"""What reports say, as data: headlines, figures and tables; the writers only lay them out.

A view reads a `Report` and nothing else, and knows no format: neither openpyxl nor rich.
"""

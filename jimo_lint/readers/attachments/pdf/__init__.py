"""Reads PDF: text in its order, tables, what lies over the pages, pictures and files inside."""

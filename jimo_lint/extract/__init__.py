"""Reads pages: charset, title, body, publish date, list rows, links and the pages a list goes on to."""

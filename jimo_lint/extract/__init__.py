"""Reads pages: charset, title, body, publish date, list rows, links and the pages a list goes on to."""

from jimo_lint.extract.address import normalise
from jimo_lint.extract.charset import decode
from jimo_lint.extract.glance import Glance, glance
from jimo_lint.extract.page import Page, read_page

__all__ = ["Glance", "Page", "decode", "glance", "normalise", "read_page"]

"""Reads pages: charset, title, body, publish date, list rows, links and the pages a list goes on to."""

from jimo_lint.extract.address import kind_of, normalise
from jimo_lint.extract.charset import decode
from jimo_lint.extract.charset import read as read_text
from jimo_lint.extract.families import Answer, read_answer
from jimo_lint.extract.glance import Glance
from jimo_lint.extract.page import Page, read_page

__all__ = ["Answer", "Glance", "Page", "decode", "kind_of", "normalise", "read_answer", "read_page", "read_text"]

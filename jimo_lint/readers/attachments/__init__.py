"""Reads what offices attach: PDF, workbooks, slides, other office formats, mail, packages, and text in pictures."""

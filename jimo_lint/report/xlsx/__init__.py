"""Lays views out as workbooks: sheets to fill in, to filter and to print on A4."""

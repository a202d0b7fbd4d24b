"""Reads what is written to be published: text, Markdown, pages, Word documents, with places as authors know them."""

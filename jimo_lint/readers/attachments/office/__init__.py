"""Reads slides, OpenDocument and rich text, and what office documents have inside them."""

"""Checks what a page or post is made of besides its words: dates, titles, pictures, terms, leaders, interpretations."""

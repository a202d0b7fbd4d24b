"""The lists of a page: which rows are the page's own, and what they say."""

"""`review serve`: findings of the last runs in a browser, decided by several reviewers; an overview for a leader."""

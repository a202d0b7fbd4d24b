"""Checks that columns and accounts are kept up: how fresh they are, their dates, how an account is run."""

"""Invented answers to requests for government information, and what is wrong with each."""

"""Reads the tables that an office keeps: columns, accounts, leaders, words."""

"""Reads tables, however they are written, as rows under the names of their columns."""

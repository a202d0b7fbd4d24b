"""Brings the reports of all sites of a fleet into one database, and reads from it what a province's report says."""

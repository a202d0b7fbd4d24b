"""The links of a page: those that it shows, conceals, writes by script or has as text."""

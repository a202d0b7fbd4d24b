"""Writers: each turns a complete `Report` into one form and reads nothing else.

Import the module of the form that is wanted; the workbooks' modules load openpyxl and `terminal` loads rich.
"""

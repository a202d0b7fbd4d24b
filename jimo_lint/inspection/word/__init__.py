"""Documents of Word that are written into: mended, annotated, and what their authors say is not to be reported."""

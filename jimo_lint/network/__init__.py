"""What everybody has to know who asks the web: the form of addresses, which may be asked, packed bodies."""

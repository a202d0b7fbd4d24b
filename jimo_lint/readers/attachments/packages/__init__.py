"""Takes the files out of packed archives, one at a time and within bounds."""

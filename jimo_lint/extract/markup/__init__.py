"""The page as it is written: its bytes, its one parse, and what stands where."""

"""What a process needs to bear up under a long run: time limits, memory, an honest end, progress."""

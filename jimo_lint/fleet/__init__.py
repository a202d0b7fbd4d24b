"""Many sites on many machines: which there are, where their folders lie, how they are inspected side by side."""

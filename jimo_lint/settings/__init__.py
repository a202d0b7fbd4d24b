"""What the user wrote (config), what ships (resources) and what is remembered (cache)."""

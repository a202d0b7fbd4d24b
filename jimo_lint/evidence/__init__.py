"""What is known of a site and its pages before anybody judges."""

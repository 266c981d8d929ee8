"""What is protected at rest, and by whose key."""

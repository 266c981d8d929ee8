"""What survives a loss, and where."""

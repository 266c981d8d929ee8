"""Where data lies and may go."""

"""Components for Hetzner Cloud, one a file."""

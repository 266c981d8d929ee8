"""Component resources for Hetzner and AWS, and what a host runs on both."""

"""What is recorded, and for how long."""

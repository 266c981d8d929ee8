"""What is noticed, and who is told."""

"""What is deployed where: one declared environment a file, and the program that composes them."""

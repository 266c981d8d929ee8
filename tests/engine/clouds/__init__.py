"""Two emulated clouds, served to the real engine as resource providers."""

"""To be read."""

from baseline.estate.builder import Builder


def read(builder: Builder) -> None:
    """Reads nothing yet."""

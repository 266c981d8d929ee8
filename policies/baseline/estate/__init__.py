"""The Estate: what a Graph means, in cloud-neutral words."""

from baseline.estate.estate import Estate, every, some

__all__ = ["Estate", "every", "some"]

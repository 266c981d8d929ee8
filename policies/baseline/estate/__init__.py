"""The Estate: what a Graph means, in cloud-neutral words."""

from baseline.estate.estate import Estate, certain_first, every, some

__all__ = ["Estate", "certain_first", "every", "some"]

"""Verdict to bytes or renderables: no I/O, no exit codes."""

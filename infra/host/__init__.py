"""What a machine runs: one cloud-init document, rendered from declared facts, the same on both clouds."""

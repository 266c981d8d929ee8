"""Dated tables of what is so in the world. Each names its source and the day on which it was read."""

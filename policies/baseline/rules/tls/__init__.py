"""What is protected in transit, and how well."""

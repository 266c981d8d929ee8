"""The rules: one defect a file, one theme a package."""

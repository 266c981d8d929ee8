"""What cannot be deleted by mistake."""

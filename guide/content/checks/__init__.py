"""What can be wrong in content."""

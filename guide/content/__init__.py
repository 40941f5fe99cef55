"""The files that people write, read into the model."""

"""The files of a build: written, compared, served, probed."""

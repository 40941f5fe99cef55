"""Measures the guide as it is published: what phones download, how soon it is saved, and what a build costs."""

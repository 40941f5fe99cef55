"""The text of the guide: its dialect of Markdown, the traversal of every translated text, the figures in it."""

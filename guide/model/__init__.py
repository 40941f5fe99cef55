"""The guide as data; it knows no files, addresses or languages."""

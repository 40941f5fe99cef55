"""Translations: PO files, catalogs, what is wrong in them, and the guide in a language."""

"""Translations: PO files, catalogs, what is wrong in them, and the guide in a language.

Why was an entry of a PO file refused? `po.py` tells it of lines that can't be read and of messages that stand twice,
`lint.py` of translations that can't be shown. Both are asked by `catalogs.py`, which leaves a refused entry out.
"""

"""From the pages of a PDF to lines, as a person reads them, and cells of its tables.

Letters make pieces (`letters`), pieces and rules a page (`pages`), pieces beside each other a
printed line (`printed`); `boxes` and `columns` find what stands in a table, and `lines` counts all.
"""

"""From the lines of a chapter to its cost tables: grids, of which no figure is settled.

In come lines; out go `Grid`s: what each column holds (`heads`, `layout`), the unit, and rows with
every way to read them. A table that was found and not read is named (`unread`).
"""

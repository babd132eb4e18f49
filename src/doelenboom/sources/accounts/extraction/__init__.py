"""From a chapter of annual accounts, as text, HTML or PDF, to the rows of the accounts package.

A chapter goes through five rooms; none knows what comes after it.

    document   the bytes of a file  -> numbered lines, with cells where it has tables
    tables     lines                -> cost tables: columns, unit, every way to read each row
    proof      a table              -> its figures settled by its own sums, or open
    subjects   lines and tables     -> figures and names: costs, tree, indicators, actions, reasons
    package    what was found       -> rows, sums between subjects, files and report

All stand on `numbers`, how amounts are printed, and `words`, what municipalities call things.
Nothing here knows a municipality, a programme or a document by name, and no figure is ever guessed.
"""

"""From a grid to a table with its figures settled, as far as its own sums go.

In comes a `Grid`; out goes a `CostTable`, in which every figure follows from the identities, is the
only way to read what is printed, or is open. Figures and places are known here, no chapter.
"""

"""Made-up chapters of annual accounts, with what they truly say: a generator for tests.

Nothing in them is of a municipality that exists. Knows nothing of how chapters are read.
"""

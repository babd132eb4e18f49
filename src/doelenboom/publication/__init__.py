"""What is published, in four rooms: it is made, opened, explained and taken along.

`release` makes it, `reading` opens it, `lineage` explains it, `export` takes it along. Beside them
stands what they share: a release as a value, its name and times, the hash of what a table says.
Nothing here computes a figure, knows a source, or decides whether a check passes.
"""

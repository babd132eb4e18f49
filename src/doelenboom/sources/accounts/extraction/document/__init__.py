"""From the bytes of a file to a chapter: numbered lines, with cells where it has tables.

In comes a file of text, HTML or PDF; out goes a `Chapter` of `Line`s, or one sentence that says why
it is refused. Nothing is executed or fetched, and no line is understood.
"""

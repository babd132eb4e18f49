"""From the candidate to what readers open: copy, hash, seal, promote, and reading it back.

The only room that writes under `published/`. What is sealed here is byte for byte what was
validated, a release never changes once it has its name, and the switch to it is one atomic
step. Nothing here computes a figure, knows a source, or decides whether a check passes.
"""

"""From the candidate to what readers open: copied, sealed, promoted, gone back from, removed.

The only room that writes under `published/`. What is sealed here is byte for byte what was
validated, a release never changes once it has its name, and the switch to it is one atomic step.
"""

"""What each command does: one module per subject, one function per command.

A function parses its arguments, calls one function of a room and writes what came of it. No rule
about a figure lives here, and no layout (`terminal`). What is slow to import is imported inside its
command. `cli` puts the commands together and turns errors into sentences and exit codes.
"""

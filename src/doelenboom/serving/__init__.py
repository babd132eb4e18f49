"""What is published, over HTTP, for tools that cannot open a DuckDB file.

Here live the endpoints, how a question becomes SQL, the processes that answer it, and the guard
before all of them. Nothing here writes under `published/`, computes a figure, or opens the
warehouse; a query runs in a process of its own (`worker`), never in the one that listens.
"""

"""CBS open data (OData v3): which tables are declared, how they are found, asked and checked.

Knows URLs, query options and column titles of CBS; never what is done with a page that came.
A page leaves this room only after it was checked.
"""

"""How files and databases are handled: forced to disk, hashed, opened, read in the order of a key.

The floor of publication, serving and validation; knows no source, no release and no figure.
"""

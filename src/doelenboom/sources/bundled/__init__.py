"""Figures that come with the project: Parquet files of CBS and BZK, all municipalities.

`package` judges them before anything is built from them, by the description beside them, in the
words of the accounts package. May not know where they lie or what is built from them.
"""

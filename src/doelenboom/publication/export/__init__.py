"""What is published as files for other tools: CSV, Parquet, workbooks, and their description.

Reads sealed releases only and writes where it is told to, never under `published/`.
"""

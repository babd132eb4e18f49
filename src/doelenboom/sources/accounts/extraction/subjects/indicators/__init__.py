"""Indicators of a programme: its own (`own`) and the statutory ones (`statutory`).

Tables are found first (`tables`, `rows`, `stacks`), with what their columns hold (`columns`).
"""

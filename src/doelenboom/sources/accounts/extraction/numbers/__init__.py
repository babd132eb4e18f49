"""How amounts are printed: alone in a cell, fused in a row, in running Dutch, as a score.

In comes a text; out go its amounts, or every way to divide it in amounts. Which way is right, and
what an amount is about, are none of this room's business.
"""

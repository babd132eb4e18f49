"""What municipalities call things, and texts as such: the ground of the house.

In comes a text; out goes which section, column or row it names. Every pattern that meets text from
outside is made by `patterns`. No line, table or figure is known here.
"""

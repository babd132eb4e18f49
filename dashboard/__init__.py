"""The site: pages in Dutch, made from what a release publishes, for whoever looks rather than asks.

Reads the published file through publication's reading door, and nothing else. Defines no figure:
it selects, filters and orders what marts define, rounds and words it for the eye, and draws it.
Knows no source, no warehouse and no order of the night.
"""

"""What is published and what was: releases found, their record read, one query at a time.

Writes nothing, and knows neither the candidate nor how a release is made.
"""

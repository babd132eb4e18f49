"""The outside world, one folder per source: how a source is found, asked and read.

May not import any other room of the package: a source never knows what is done
with what it brought.
"""

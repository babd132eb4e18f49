"""The inbox: files that people drop for the night to read."""

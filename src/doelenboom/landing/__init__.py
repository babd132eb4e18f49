"""What a source sent, kept as sent: write-once files with hashes, manifests and guards.

Never knows the network and never parses: pages are bytes. A delivery is a draft until it has
been compared with the one before, and then lands in one step.
"""

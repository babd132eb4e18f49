"""What a source sent, kept as sent: write-once files with hashes, manifests and guards.

Never knows the network and never parses. The reviewed accounts are seeds, so
nothing lands here until a source outside the repository is read.
"""

"""Where a published figure came from, and why it is another than before: traces and differences.

Asks what the release itself says of its figures; nothing here knows what one means, or writes.
"""

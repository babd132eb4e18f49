"""The goal tree: objectives, themes and products, with what they cost and brought in."""

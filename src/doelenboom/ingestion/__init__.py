"""From the outside world to raw: each source asked or looked into, landed, and parsed.

The only room where sources, landing and raw meet. When that happens and after what is for
`orchestration`; how a page is asked for, kept or read is for those three.
"""

"""Landing to Parquet: text columns plus lineage, nothing decided.

Never knows the network; everything here can be rebuilt from landing alone.
"""

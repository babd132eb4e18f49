"""What takes how long, measured on the machine at hand; nothing here is a test.

Trust ratios, not seconds: machines differ and are noisy.
"""

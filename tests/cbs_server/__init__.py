"""A stand-in for CBS on loopback: it speaks OData v3 as the real services do, faults included.

Holds no test. Figures are made up unless `shared` loads real ones.
"""

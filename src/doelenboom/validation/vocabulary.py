"""The sets of values and the columns that the public contract promises, as suites use them.

Only words of the contract live here; thresholds belong to the suite that uses them.
"""

FLOWS = ("expenses", "revenue", "transfer_to_reserves", "transfer_from_reserves")
PHASES = ("original_budget", "final_budget", "actual", "variance")
PHASE_AMOUNTS = tuple(f"{phase}_keur" for phase in PHASES)
BALANCES = ("net_cost", "net_reserve_movement", "net_cost_after_reserves")
RESULT_AMOUNTS = tuple(
    f"{measure}_{phase}_keur" for measure in (*FLOWS, *BALANCES) for phase in PHASES
)

REPORTS = ("budget", "q1", "q2", "q3", "q4", "accounts")
NODE_TYPES = ("programme", "objective", "theme", "product")

BOUNDARIES = ("as_reported", "current")

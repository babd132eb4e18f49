"""The sets of values and the columns that the public contract promises, as suites use them.

Only words of the contract live here; thresholds belong to the suite that uses them.
"""

REVIEWED_PROGRAMMES = (("GM0153", 2013, "2.3"), ("GM0153", 2018, "2.1"))

FLOWS = ("expenses", "revenue", "transfer_to_reserves", "transfer_from_reserves")
PHASES = ("original_budget", "final_budget", "actual", "variance")
PHASE_AMOUNTS = tuple(f"{phase}_keur" for phase in PHASES)
BALANCES = ("net_cost", "net_reserve_movement", "net_cost_after_reserves")
RESULT_AMOUNTS = tuple(
    f"{measure}_{phase}_keur" for measure in (*FLOWS, *BALANCES) for phase in PHASES
)

VALUE_STATUSES = (
    "reported",
    "provisional",
    "estimated",
    "partially_reported",
    "not_reported",
    "not_published",
    "not_captured",
    "not_measured",
    "not_applicable",
    "not_recomputable",
    "suppressed",
)
REPORTS = ("budget", "q1", "q2", "q3", "q4", "accounts")
NODE_TYPES = ("programme", "objective", "theme", "product")

VERDICTS = (
    "met",
    "missed",
    "undecided",
    "no_target",
    "not_due",
    "not_measured",
    "not_captured",
)
INDICATOR_SETS = {
    "indicator_kind": ("own", "statutory"),
    "direction": ("higher", "lower", "none"),
    "direction_basis": ("source", "ours"),
    "target_type": ("at_least", "at_most", "maintain"),
    "margin_status": ("printed", "not_applicable", "not_printed"),
    "measurement_basis": ("sample", "full_count", "unknown"),
    "verdict_computed": VERDICTS,
    "verdict_stated": VERDICTS,
    "verdict": VERDICTS,
    "verdict_basis": ("computed", "stated", "none"),
    "value_status": VALUE_STATUSES,
}
EXPLANATION_SETS = {
    "role": ("headline", "component", "sub_component", "comparator"),
    "hedge": ("ruim", "bijna", "circa"),
    "nature": ("structural", "incidental", "prior_year"),
    "reconciliation": ("reconciled", "rounding", "differs", "no_table_line"),
}
ACTION_STATUSES = (
    "behind_ineffective",
    "behind_adjustable",
    "on_track",
    "ahead",
    "neutral_change",
)
FACT_KINDS = (
    "priority",
    "project",
    "investment_programme",
    "claim",
    "amount",
    "affiliated_party",
    "partner",
)
PARTY_ROLES = ("verbonden_partij", "gemeenschappelijke_regeling", "provider", "partner")
RECONCILIATION_STATUSES = (
    "holds",
    "rounding",
    "bridged",
    "undecidable",
    "scope_differs",
    "not_reconciled",
    "contradiction",
)

COMPARED_REPORTS = ("budget", "accounts")
BOUNDARIES = ("as_reported", "current")
COMPARABILITY = ("comparable", "caution", "not_comparable")
MEASURE_KINDS = ("iv3", "statutory", "ratio")
PEER_GROUP_KINDS = ("all", "size_class", "province", "region", "centre", "structure", "nearest")
PEER_THEMES = (
    "population",
    "density",
    "age",
    "benefits",
    "social_structure",
    "centre_function",
)
CHANGE_KINDS = ("rename", "merger", "absorption", "split")
CHANGE_WEIGHT_BASES = ("whole", "population_by_neighbourhood", "estimate")

"""The sets of values and the columns that the public contract promises, as suites use them.

Only words of the contract live here; thresholds belong to the suite that uses them.
"""

from doelenboom.codes import codes

FLOWS = codes("flow_of_line")
PHASES = codes("phase_of_amount")
PHASE_AMOUNTS = tuple(f"{phase}_keur" for phase in PHASES)
BALANCES = tuple(flow for flow in codes("flow_of_cost_table") if flow not in FLOWS)
RESULT_AMOUNTS = tuple(
    f"{measure}_{phase}_keur" for measure in (*FLOWS, *BALANCES) for phase in PHASES
)

NODE_TYPES = codes("node_type")

select $expenses_by_taakveld_keur as value

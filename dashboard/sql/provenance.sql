select distinct
    source_document,
    source_lines,
    table_name,
    column_name,
    input_value,
    seed_path,
    seed_line
from marts.figure_provenance
where
    input_value is not null
    and column_name not in (
        'source_document', 'source_line', 'is_total', 'value_status', 'phase_basis', 'flows'
    )
    and (
        (
            column_name = input_column
            and table_name in (
                'action_points', 'forecasts', 'goal_tree', 'indicator_results',
                'programme_budget_years', 'programme_finance', 'reserve_movements',
                'variance_explanations'
            )
        )
        or (table_name = 'programme_results' and column_name like 'net_%_keur')
    )
order by source_document, source_lines, table_name, column_name, seed_path, seed_line, input_value

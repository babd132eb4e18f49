select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'iv3_totals'
    and municipality_code = $municipality_code
    and period = concat($fiscal_year, 'X005')
    and variable in (
        'expenses_keur', 'revenue_keur', 'transfer_to_reserves_keur', 'transfer_from_reserves_keur'
    )
order by variable

{% set known = "not starts_with(value_status, 'not_')" -%}
select
    municipality_code,
    fiscal_year,
    subject_kind,
    subject_code,
    municipality_name,
    subject_name,
    budget_keur,
    accounts_keur,
    cast(case when {{ known }} then accounts_keur - budget_keur end as decimal(18, 3))
        as difference_keur,
    {{ over_budget_pct('accounts_keur', 'budget_keur', known) }} as difference_pct,
    peers_n,
    peers_over_n,
    peer_median_pct,
    years_n,
    years_over_n,
    pattern,
    difference_all_years_pct,
    value_status
from {{ ref('budget_accuracy_storage') }}

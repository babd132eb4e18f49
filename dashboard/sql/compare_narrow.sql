select distinct
    boundary,
    fiscal_year,
    comparability_reasons
from marts.municipality_comparison
where
    peer_group_code like 'nearest_%'
    and comparability_reasons like '%Structuurgelijke gemeenten gekozen uit%'
order by boundary, fiscal_year, comparability_reasons

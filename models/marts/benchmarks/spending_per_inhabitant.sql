-- The narrow table to begin with: one amount beside one median, gross and nominal, of the
-- municipalities of that year. Other groups, bases and spread stand in `municipality_comparison`.
select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    municipality_name,
    cluster_name,
    eur_per_inhabitant,
    peer_median,
    peers_n,
    comparability,
    {{ with_percentage('wording', 'percentage') }} as comparability_reasons,
    value_status
from {{ ref('spending_per_inhabitant_storage') }}

-- One row per boundary, municipality, budget or accounts, and subject that municipalities are
-- compared on: a taakveld, a cluster of taakvelden, or all of it. Reserves (0.10) and the closing
-- result (0.11) are no spending.
with

amounts as (

    select * from {{ ref('int_boundaries__amounts') }}
    where
        report in ('budget', 'accounts')
        and taakveld_code not in ('0.10', '0.11')
        and known_within is null

),

clusters as (

    select * from {{ ref('int_boundaries__cluster_amounts') }}
    where report in ('budget', 'accounts')

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    level as subject_kind,
    taakveld_code as subject_code,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status,
    missing_share,
    source_delivery is not null as is_landed
from amounts
where level in ('taakveld', 'total')
union all
-- Where Iv3 has landed, all taakvelden are there and the total is their sum.
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'total' as subject_kind,
    'total' as subject_code,
    cast(sum(expenses_keur) as decimal(18, 3)) as expenses_keur,
    cast(sum(revenue_keur) as decimal(18, 3)) as revenue_keur,
    min(value_status) as value_status,
    min(revenue_status) as revenue_status,
    max(missing_share) as missing_share,
    true as is_landed
from amounts
where level = 'taakveld' and source_delivery is not null
group by boundary, municipality_code, fiscal_year, report
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'cluster' as subject_kind,
    cluster_code as subject_code,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status,
    missing_share,
    source_delivery is not null as is_landed
from clusters

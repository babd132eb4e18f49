-- The rows of `taakveld_spending` and of `taakveld_spending_current`: one for both boundaries where
-- they are the same, but for the parts that the second tells.
with

reported as (

    {{ taakveld_spending('as_reported') | indent }}

),

present as (

    {{ taakveld_spending('current') | indent }}

),

spending as (

    select
        'as_reported' as boundary,
        *
    from reported
    union all
    select
        'current' as boundary,
        *
    from present

)

select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    if(count(*) = 2, 'both', any_value(boundary)) as boundary,
    vintage,
    taakveld_name,
    taakveld_cluster,
    cluster_name,
    main_taakveld_code,
    main_taakveld_name,
    municipality_name,
    level,
    known_within,
    expenses_keur,
    revenue_keur,
    inhabitants,
    expenses_eur_per_inhabitant,
    expenses_real_eur_per_inhabitant,
    price_index,
    price_base_year,
    series_break,
    value_status,
    revenue_status,
    source_table,
    source_delivery,
    source_line,
    inhabitants_source,
    price_index_source,
    max(parts) as parts
from spending
group by all
order by municipality_code, fiscal_year, report, taakveld_code, boundary

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
    cast(
        municipality_name as {{ enum_of(ref('dim_municipality_current'), 'municipality_name') }}
    ) as municipality_name,
    cast(level as {{ enum_of(ref('int_boundaries__amounts'), 'level') }}) as level,
    known_within,
    expenses_keur,
    revenue_keur,
    inhabitants,
    price_index,
    price_base_year,
    cast(
        series_break as {{ enum_of(ref('stg_reference__series_breaks'), 'reason') }}
    ) as series_break,
    cast(value_status as enum({{ quoted_codes('value_status') }})) as value_status,
    cast(revenue_status as enum({{ quoted_codes('value_status') }})) as revenue_status,
    cast(
        source_table as {{ enum_of(ref('int_boundaries__amounts'), 'source_table') }}
    ) as source_table,
    source_delivery,
    source_line,
    cast(
        inhabitants_source
        as {{ enum_of(ref('int_boundaries__inhabitants'), 'inhabitants_source') }}
    ) as inhabitants_source,
    cast(
        price_index_source as {{ enum_of(ref('int_prices__index'), 'price_index_source') }}
    ) as price_index_source,
    max(parts) as parts
from spending
group by all
order by municipality_code, fiscal_year, report, taakveld_code, boundary

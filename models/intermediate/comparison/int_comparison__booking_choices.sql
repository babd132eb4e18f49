-- One row per boundary, municipality, year, report and subject whose expenses are a choice of
-- booking rather than of spending: nothing booked on a taakveld that others of its group stand in
-- for, or on a cluster of such taakvelden; nothing between two years with expenses, or a tenth of
-- either at most; or twice what both had. Beside an empty year, the year on its other side counts.
-- Such a figure is no peer of anybody. What the municipal fund is set against is judged as one sum.
with

spending as (

    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        expenses_keur
    from {{ ref('int_comparison__spending') }}
    where subject_kind != 'total' and value_status != 'partially_reported'
    union all
    select
        'as_reported' as boundary,
        municipality_code,
        fiscal_year,
        report,
        'fund_cluster' as subject_kind,
        fund_cluster_code as subject_code,
        expenses_keur
    from {{ ref('int_position__fund_spending') }}

),

interchangeable as (

    select * from {{ ref('stg_reference__interchangeable_taakvelden') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

fund_clusters as (

    select * from {{ ref('stg_reference__fund_cluster_taakvelden') }}

),

-- Years on end: where a year is missing, what lies beyond it is no neighbour.
neighboured as (

    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        expenses_keur,
        if(
            abs(lag(fiscal_year, 1) over series - fiscal_year) = 1,
            lag(expenses_keur, 1) over series,
            null
        ) as lag_1,
        if(
            abs(lag(fiscal_year, 2) over series - fiscal_year) = 2,
            lag(expenses_keur, 2) over series,
            null
        ) as lag_2,
        if(
            abs(lead(fiscal_year, 1) over series - fiscal_year) = 1,
            lead(expenses_keur, 1) over series,
            null
        ) as lead_1,
        if(
            abs(lead(fiscal_year, 2) over series - fiscal_year) = 2,
            lead(expenses_keur, 2) over series,
            null
        ) as lead_2
    from spending
    window
        series as (
            partition by boundary, municipality_code, report, subject_kind, subject_code
            order by fiscal_year
        )

),

judged as (

    select
        *,
        expenses_keur = 0 and lag_1 != 0 and lead_1 != 0 as is_gap,
        lag_1 > 0 and lead_1 > 0 and expenses_keur * 10 <= least(lag_1, lead_1) as is_tenth,
        expenses_keur > 0
        and (
            (
                expenses_keur >= 2 * lag_1
                and expenses_keur >= 2 * lead_1
                and least(lag_1, lead_1) >= 0
                and greatest(lag_1, lead_1) > 0
            )
            or (lag_1 = 0 and lag_2 > 0 and expenses_keur >= 2 * lag_2 and lead_1 is null)
            or (lead_1 = 0 and lead_2 > 0 and expenses_keur >= 2 * lead_2 and lag_1 is null)
        ) as is_double
    from neighboured

),

-- Nothing here, something on a taakveld that stands in for it.
elsewhere_by_taakveld as (

    select distinct
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code
    from spending
    inner join interchangeable on spending.subject_code = interchangeable.taakveld_code
    inner join interchangeable as others
        on
            interchangeable.group_code = others.group_code
            and interchangeable.taakveld_code != others.taakveld_code
    inner join spending as booked
        on
            spending.boundary = booked.boundary
            and spending.municipality_code = booked.municipality_code
            and spending.fiscal_year = booked.fiscal_year
            and spending.report = booked.report
            and booked.subject_kind = 'taakveld'
            and others.taakveld_code = booked.subject_code
    where
        spending.subject_kind = 'taakveld'
        and spending.expenses_keur = 0
        and booked.expenses_keur != 0

),

elsewhere_by_cluster as (

    select distinct
        elsewhere_by_taakveld.boundary,
        elsewhere_by_taakveld.municipality_code,
        elsewhere_by_taakveld.fiscal_year,
        elsewhere_by_taakveld.report,
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code
    from elsewhere_by_taakveld
    inner join taakvelden
        on
            elsewhere_by_taakveld.subject_code = taakvelden.taakveld_code
            and elsewhere_by_taakveld.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)

),

elsewhere as (

    select * from elsewhere_by_taakveld
    union all
    select * from elsewhere_by_cluster
    union all
    select distinct
        elsewhere_by_cluster.boundary,
        elsewhere_by_cluster.municipality_code,
        elsewhere_by_cluster.fiscal_year,
        elsewhere_by_cluster.report,
        'fund_cluster' as subject_kind,
        fund_clusters.fund_cluster_code as subject_code
    from elsewhere_by_cluster
    inner join fund_clusters on elsewhere_by_cluster.subject_code = fund_clusters.cluster_code

)

select
    judged.boundary,
    judged.municipality_code,
    judged.fiscal_year,
    judged.report,
    judged.subject_kind,
    judged.subject_code,
    case
        when elsewhere.subject_code is not null and judged.expenses_keur = 0
            then 'Hier niets geboekt: andere taakvelden kunnen ervoor in de plaats komen'
        when judged.is_gap then 'Hier niets geboekt, in het jaar ervoor en erna wel'
        when judged.is_tenth
            then
                'Ten hoogste een tiende van de jaren eromheen: een keuze van boeken of eenmalig'
        else 'Ten minste het dubbele van de jaren eromheen: een keuze van boeken of eenmalig'
    end as reason
from judged
left join elsewhere
    on
        judged.boundary = elsewhere.boundary
        and judged.municipality_code = elsewhere.municipality_code
        and judged.fiscal_year = elsewhere.fiscal_year
        and judged.report = elsewhere.report
        and judged.subject_kind = elsewhere.subject_kind
        and judged.subject_code = elsewhere.subject_code
where
    judged.is_gap
    or judged.is_tenth
    or judged.is_double
    or (elsewhere.subject_code is not null and judged.expenses_keur = 0)

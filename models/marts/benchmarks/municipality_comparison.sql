-- Not sorted here: twelve million wide rows are sorted once, when they are copied into the
-- candidate.
with

placed as (

    select * from {{ ref('int_comparison__places') }}

),

cautions as (

    select * from {{ ref('int_comparison__cautions') }}

),

members as (

    select * from {{ ref('int_peers__members') }}

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

indicators as (

    select * from {{ ref('dim_indicator') }}

),

peers as (

    select * from {{ ref('int_comparison__peers') }}

),

pools as (

    select * from {{ ref('int_peers__pools') }}

),

group_sizes as (

    select
        peer_group_code,
        boundary,
        fiscal_year,
        cast(count(*) as integer) as members_n
    from members
    group by peer_group_code, boundary, fiscal_year

),

-- `own_n` is 1 where the municipality's own value is among those of the group.
held as (

    select
        placed.municipality_code,
        placed.fiscal_year,
        placed.report,
        placed.measure_code,
        placed.boundary,
        placed.peer_group_code,
        placed.numerator_keur,
        placed.people,
        placed.value,
        placed.value_status,
        placed.reason,
        placed.comparability,
        placed.lower_n,
        if(placed.value is null, 0, placed.own_n) as own_n,
        group_sizes.members_n - placed.own_n as peers_total,
        peers.n,
        peers.value_sum,
        peers.numerator_sum,
        peers.people_sum,
        peers.p25,
        peers.median,
        peers.p75,
        peers.q1_a,
        peers.q1_b,
        peers.q1_c,
        peers.q2_a,
        peers.q2_b,
        peers.q2_c,
        peers.q3_a,
        peers.q3_b,
        peers.q3_c,
        peers.sorted_neighbours
    from placed
    inner join group_sizes
        on
            placed.peer_group_code = group_sizes.peer_group_code
            and placed.boundary = group_sizes.boundary
            and placed.fiscal_year = group_sizes.fiscal_year
    left join peers
        on
            placed.peer_group_code = peers.peer_group_code
            and placed.boundary = peers.boundary
            and placed.fiscal_year = peers.fiscal_year
            and placed.report = peers.report
            and placed.measure_code = peers.measure_code

),

spread as (

    select
        municipality_code,
        fiscal_year,
        report,
        measure_code,
        boundary,
        peer_group_code,
        numerator_keur,
        people,
        value,
        value_status,
        reason,
        comparability,
        peers_total,
        coalesce(n, 0) - own_n as peers_n,
        {%- for quarter, quartile in [(1, 'p25'), (2, 'median'), (3, 'p75')] %}
        cast(
            if(own_n = 1, {{ quartile_without('value', quarter, 'n') }}, {{ quartile }})
            as decimal(18, 6)
        ) as peer_{{ quartile }},
        {%- endfor %}
        (numerator_sum - if(own_n = 1, numerator_keur, 0)) * 1000
        / nullif(people_sum - if(own_n = 1, people, 0), 0) as peer_mean_weighted,
        (value_sum - if(own_n = 1, value, 0)) / nullif(n - own_n, 0) as peer_mean_unweighted,
        if(
            value is not null and n - own_n >= 10 and n - own_n >= 0.8 * peers_total,
            coalesce(
                len(list_filter(sorted_neighbours, lambda peer: peer < value)), lower_n
            ) * 100 / (n - own_n),
            null
        ) as percentile
    from held

),

judged as (

    select
        spread.*,
        indicators.indicator_name as measure_name,
        indicators.unit,
        indicators.direction,
        indicators.side,
        indicators.denominator,
        indicators.price_basis,
        case
            when
                spread.value is null
                or spread.peers_n = 0
                or spread.comparability = 'not_comparable'
                or cautions.comparability = 'not_comparable'
                then 'not_comparable'
            when
                spread.comparability = 'caution'
                or cautions.comparability = 'caution'
                or spread.value_status in ('estimated', 'provisional')
                or pools.is_narrow
                or spread.peers_n < 0.8 * spread.peers_total
                then 'caution'
            else 'comparable'
        end as verdict,
        concat_ws(
            '; ',
            if(
                spread.value is null,
                concat('Geen waarde: ', {{ value_status_label_nl('spread.value_status') }}),
                null
            ),
            spread.reason,
            cautions.reasons,
            case spread.value_status
                when 'estimated' then 'Geraamd met een verdeelsleutel'
                when 'provisional' then 'Voorlopig: alleen de eerste publicatie'
            end,
            case
                when spread.peers_n = 0 then 'Geen andere gemeente in de groep heeft een waarde'
                when spread.peers_n < 0.8 * spread.peers_total
                    then concat(
                        'Van ', spread.peers_n, ' van de ', spread.peers_total,
                        ' andere gemeenten in de groep is er een waarde'
                    )
            end,
            if(
                pools.is_narrow,
                concat(
                    'Buren gekozen uit ', pools.candidates_n, ' van de ', pools.municipalities_n,
                    ' gemeenten: van de andere zijn niet alle kenmerken bekend'
                ),
                null
            )
        ) as reasons
    from spread
    left join pools
        on
            spread.boundary = pools.boundary
            and spread.fiscal_year = pools.fiscal_year
            and starts_with(spread.peer_group_code, 'nearest_')
    inner join indicators on spread.measure_code = indicators.indicator_code
    left join cautions
        on
            spread.boundary = cautions.boundary
            and spread.municipality_code = cautions.municipality_code
            and spread.fiscal_year = cautions.fiscal_year
            and spread.report = cautions.report
            and indicators.subject_kind = cautions.subject_kind
            and indicators.subject_code = cautions.subject_code
            and indicators.denominator = cautions.denominator

)

select
    judged.municipality_code,
    judged.fiscal_year,
    judged.report,
    judged.measure_code,
    judged.boundary,
    judged.peer_group_code,
    municipalities.municipality_name,
    judged.measure_name,
    judged.unit,
    judged.direction,
    judged.side,
    judged.denominator,
    judged.price_basis,
    judged.value,
    judged.value_status,
    peer_groups.peer_group_name,
    cast(judged.peers_total as integer) as peers_total,
    cast(judged.peers_n as integer) as peers_n,
    judged.peer_p25,
    judged.peer_median,
    judged.peer_p75,
    cast(judged.peer_mean_weighted as decimal(18, 6)) as peer_mean_weighted,
    cast(judged.peer_mean_unweighted as decimal(18, 6)) as peer_mean_unweighted,
    cast(judged.percentile as decimal(18, 6)) as percentile,
    cast(judged.value - judged.peer_median as decimal(18, 6)) as difference_from_median,
    cast(
        (judged.value - judged.peer_median) * 100 / nullif(abs(judged.peer_median), 0)
        as decimal(18, 6)
    ) as difference_pct,
    judged.verdict as comparability,
    nullif(judged.reasons, '') as comparability_reasons,
    judged.numerator_keur,
    judged.people
from judged
left join municipalities
    on
        judged.boundary = municipalities.boundary
        and judged.fiscal_year = municipalities.fiscal_year
        and judged.municipality_code = municipalities.municipality_code
left join peer_groups on judged.peer_group_code = peer_groups.peer_group_code

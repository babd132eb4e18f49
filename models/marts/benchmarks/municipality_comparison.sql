-- The rows of `municipality_comparison_storage` and those of neighbours, at both boundaries, with
-- all that is derived of them. What a group shares is found by its row, words and people by number.
with

words as not materialized (

    select * from {{ ref('municipality_comparison_storage_words') }}

),

groups as not materialized (

    select * from {{ ref('municipality_comparison_storage_groups') }}

),

places as not materialized (

    select
        places.*,
        words.people[places.side_start + enum_code(places.municipality_code)] as inhabitants
    from {{ ref('municipality_comparison_storage') }} as places
    cross join words

),

neighbours as not materialized (

    select
        neighbours.*,
        words.people[neighbours.side_start + enum_code(neighbours.municipality_code)] as inhabitants
    from {{ ref('municipality_comparison_storage_neighbours') }} as neighbours
    cross join words

),

held as not materialized (

    select
        places.*,
        groups.members_n - 1 as peers_total,
        groups.n - if(places.value is null, 0, 1) as peers_n,
        {% for quarter, name in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
        if(
            places.value is null,
            {{ quartile(quarter, 'groups.n') }},
            {{ quartile_without('places.value', quarter, 'groups.n') }}
        ) as {{ name }},
        {% endfor -%}
        (groups.numerator_sum - coalesce({{ stored_numerator('places') }}, 0)) * 1000
        / nullif(groups.people_sum - if(places.value is null, 0, coalesce(places.inhabitants, 0)), 0)
            as mean_weighted,
        (groups.value_sum - coalesce(places.value, 0))
        / nullif(groups.n - if(places.value is null, 0, 1), 0) as mean_unweighted,
        cast(null as varchar) as group_reason
    from places
    inner join groups on places.group_row = groups.group_row

),

{% set columns = [
    'municipality_code', 'fiscal_year', 'report', 'measure_code', 'peer_group_code', 'side_start',
    'value', 'value_status', 'own_comparability', 'own_reasons', 'lower_n', 'peers_total', 'peers_n',
    'mean_weighted', 'mean_unweighted', 'p25', 'median', 'p75', 'group_reason', 'inhabitants',
] -%}
compared as not materialized (
    {% for side in ['as_reported', 'current'] %}
    {%- for rows in ['held', 'neighbours'] %}
    select
        '{{ side }}' as boundary,
        {{ stored_numerator(rows) }} as numerator,
        {{ columns | join(',\n        ') }}
    from {{ rows }}
    where boundary in ('{{ side }}', 'both')
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    cast(compared.municipality_code as varchar) as municipality_code,
    compared.fiscal_year,
    cast(compared.report as varchar) as report,
    cast(compared.measure_code as varchar) as measure_code,
    compared.boundary,
    cast(compared.peer_group_code as varchar) as peer_group_code,
    words.municipality_names[compared.side_start + enum_code(compared.municipality_code)]
        as municipality_name,
    words.measure_names[enum_code(compared.measure_code) + 1] as measure_name,
    words.units[enum_code(compared.measure_code) + 1] as unit,
    words.directions[enum_code(compared.measure_code) + 1] as direction,
    words.sides[enum_code(compared.measure_code) + 1] as side,
    words.denominators[enum_code(compared.measure_code) + 1] as denominator,
    words.price_bases[enum_code(compared.measure_code) + 1] as price_basis,
    compared.value,
    cast(compared.value_status as varchar) as value_status,
    words.peer_group_names[enum_code(compared.peer_group_code) + 1] as peer_group_name,
    compared.peers_total,
    compared.peers_n,
    cast(compared.p25 as decimal(18, 6)) as peer_p25,
    cast(compared.median as decimal(18, 6)) as peer_median,
    cast(compared.p75 as decimal(18, 6)) as peer_p75,
    cast(compared.mean_weighted as decimal(18, 6)) as peer_mean_weighted,
    cast(compared.mean_unweighted as decimal(18, 6)) as peer_mean_unweighted,
    cast(
        if(
            compared.value is not null
            and compared.peers_n >= 10
            and compared.peers_n >= 0.8 * compared.peers_total,
            compared.lower_n * 100 / compared.peers_n,
            null
        ) as decimal(18, 6)
    ) as percentile,
    cast(compared.value - cast(compared.median as decimal(18, 6)) as decimal(18, 6))
        as difference_from_median,
    cast(
        (compared.value - cast(compared.median as decimal(18, 6))) * 100
        / nullif(abs(cast(compared.median as decimal(18, 6))), 0)
        as decimal(18, 6)
    ) as difference_pct,
    case
        when compared.peers_n = 0 then 'not_comparable'
        when
            compared.own_comparability = 'comparable'
            and (
                compared.peers_n < 0.8 * compared.peers_total or compared.group_reason is not null
            )
            then 'caution'
        else cast(compared.own_comparability as varchar)
    end as comparability,
    nullif(
        concat_ws(
            '; ',
            compared.own_reasons,
            case
                when compared.peers_n = 0 then 'Geen andere gemeente in de groep heeft een waarde'
                when compared.peers_n < 0.8 * compared.peers_total
                    then concat(
                        'Van ', compared.peers_n, ' van de ', compared.peers_total,
                        ' andere gemeenten in de groep is er een waarde'
                    )
            end,
            compared.group_reason
        ),
        ''
    ) as comparability_reasons,
    cast(compared.numerator as decimal(18, 3)) as numerator_keur,
    if(compared.value is null, null, compared.inhabitants) as people
from compared
cross join words

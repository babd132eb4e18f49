-- The rows of `municipality_comparison_storage` at both boundaries, with what is derived of each.
-- No step has a name that is used twice: DuckDB would keep all its rows, not those asked for. Old
-- drivers read it: nothing that DuckDB 1.2 does not know (`if`).
-- `place` is who a row is of, in that year, with the people: `2018  158261 Enschede`.
{% set numerator = numerator_of('value', 'people') ~ ' + numerator_rest * 0.001' -%}
{#- What is said of the group, and how it is at today's boundaries where it is not as it stands. -#}
{% set of_group = {
    'peers_total': none, 'peer_p25': none, 'peer_median': none, 'peer_p75': none,
    'value_sum': none, 'numerator_sum': none, 'people_sum': none,
    'peer_mean_weighted': none, 'peer_mean_unweighted': none,
    'lower_n': 'coalesce(lower_n, 0) + current_lower_n', 'group_reason': none
} -%}
select
    municipality_code,
    fiscal_year,
    cast(report as varchar) as report,
    cast(measure_code as varchar) as measure_code,
    boundary,
    split_part(peer_group, ' ', 1) as peer_group_code,
    nullif(substr(who, 14), '') as municipality_name,
    cast(measure_name as varchar) as measure_name,
    cast(unit as varchar) as unit,
    cast(direction as varchar) as direction,
    cast(side as varchar) as side,
    cast(denominator as varchar) as denominator,
    cast(price_basis as varchar) as price_basis,
    value,
    is_peer,
    cast(value_status as varchar) as value_status,
    substr(peer_group, strpos(peer_group, ' ') + 1) as peer_group_name,
    peers_total,
    peers_n,
    peer_p25,
    peer_median,
    peer_p75,
    coalesce(
        peer_mean_weighted,
        cast(
            (numerator_sum - coalesce({{ numerator }}, 0)) * 1000
            / nullif(people_sum - coalesce(people, 0), 0)
            as decimal(18, 6)
        )
    ) as peer_mean_weighted,
    coalesce(
        peer_mean_unweighted,
        cast((value_sum - coalesce(value, 0)) / nullif(peers_n, 0) as decimal(18, 6))
    ) as peer_mean_unweighted,
    cast(
        case
            when value is not null and peers_n >= 10 and peers_n >= 0.8 * peers_total
                then lower_n * 100 / peers_n
        end as decimal(18, 6)
    ) as percentile,
    cast(value - peer_median as decimal(18, 6)) as difference_from_median,
    cast(
        case
            when
                not contains(cast(unit as varchar), '%')
                and (peer_p25 > 0 or peer_p75 < 0)
                then (value - peer_median) * 100 / abs(peer_median)
        end as decimal(18, 6)
    ) as difference_pct,
    case
        when peers_n = 0 then 'not_comparable'
        when
            own_comparability = 'comparable'
            and (peers_n < 10 or peers_n < 0.8 * peers_total or group_reason is not null)
            then 'caution'
        else cast(own_comparability as varchar)
    end as comparability,
    nullif(
        concat_ws(
            '; ',
            {{ with_percentage('own_reasons', 'own_percentage') }},
            case
                when peers_n = 0
                    then 'Geen andere gemeente in de groep heeft een waarde die meetelt'
                when peers_n < 5
                    then concat(
                        'Slechts ', peers_n, ' van de ', peers_total,
                        ' andere gemeenten in de groep ',
                        case when peers_n = 1 then 'heeft' else 'hebben' end,
                        ' een waarde die meetelt: te weinig voor een mediaan'
                    )
                when peers_n < 10
                    then concat(
                        'Slechts ', peers_n, ' van de ', peers_total,
                        ' andere gemeenten in de groep hebben een waarde die meetelt'
                    )
                when peers_n < 0.8 * peers_total
                    then concat(
                        'Van ', peers_n, ' van de ', peers_total,
                        ' andere gemeenten in de groep is er een waarde die meetelt'
                    )
            end,
            group_reason
        ),
        ''
    ) as comparability_reasons,
    cast({{ numerator }} as decimal(18, 3)) as numerator_keur,
    people
from (
    {% for boundary, other in [('as_reported', 'current'), ('current', 'as_reported')] -%}
    select
        * replace (
            {% for column, at_present in of_group.items() if boundary == 'current' -%}
            case when is_apart then {{ at_present or 'current_' ~ column }} else {{ column }} end
                as {{ column }},
            {% endfor -%}
            '{{ boundary }}' as boundary
        ),
        {% if boundary == 'current' -%}
        case
            when is_apart then current_peers_total - current_peers_missing
            else peers_total - peers_missing
        end as peers_n,
        {% else -%}
        peers_total - peers_missing as peers_n,
        {% endif -%}
        cast(peer_group_code as varchar) as peer_group,
        cast(place as varchar) as who,
        cast(nullif(trim(substr(cast(place as varchar), 5, 8)), '') as integer) as people
    from {{ ref('municipality_comparison_storage') }}
    where boundary != '{{ other }}'
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
)

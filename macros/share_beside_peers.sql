{% macro share_beside_peers(share_code, amounts, share_name, caution, per_inhabitant=none) -%}
with

shares as (

    select * from {{ ref('int_position__shares') }}
    where share_code = '{{ share_code }}'

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    shares.municipality_code,
    shares.fiscal_year,
    shares.report,
    municipalities.municipality_name,
    {%- for name, amount in amounts.items() %}
    cast({{ amount }} as decimal(18, 3)) as {{ name }},
    {%- endfor %}
    cast(shares.share_pct as decimal(18, 6)) as {{ share_name }},
    {%- if per_inhabitant %}
    shares.inhabitants,
    shares.part_eur_per_inhabitant as {{ per_inhabitant }},
    {%- endif %}
    shares.peer_group_code,
    cast(shares.peers_n as integer) as peers_n,
    cast(round(shares.peer_median_pct, 6) as decimal(18, 6)) as peer_median_pct,
    {%- if per_inhabitant %}
    cast(round(shares.peer_median_eur_per_inhabitant, 2) as decimal(18, 2))
        as peer_median_eur_per_inhabitant,
    {%- endif %}
    '{{ caution }}' as caution_text,
    shares.share_status as value_status,
    shares.source_table,
    shares.source_delivery
from shares
left join municipalities on shares.municipality_code = municipalities.municipality_code
order by shares.municipality_code, shares.fiscal_year, shares.report
{%- endmacro %}

{% macro landed_population() -%}
    select
        municipality_code,
        make_date(cast(left(period, 4) as integer), 1, 1) as reference_date,
        inhabitants,
        1 as rounded_to,
        concat('CBS, bevolking op 1 januari ', left(period, 4)) as source
    from {{ ref('stg_cbs__population') }}
    where right(period, 4) = 'JJ00' and municipality_code like 'GM%' and inhabitants is not null
{%- endmacro %}

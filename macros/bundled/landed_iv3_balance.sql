{% macro landed_iv3_balance() -%}
    select
        municipality_code,
        cast(fiscal_year as smallint) as fiscal_year,
        post_group,
        {{ whole_keur('amount_keur') }} as amount_keur,
        source_table as cbs_table,
        concat(fiscal_year, 'X005') as cbs_period
    from {{ ref('int_iv3__balance') }}
    where source_delivery is not null
{%- endmacro %}

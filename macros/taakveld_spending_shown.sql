{#- The columns of `taakveld_spending` and `taakveld_spending_current`, of their storage. -#}
{% macro taakveld_spending_shown(parts=none) -%}
    {%- set whole = "case when value_status != 'partially_reported' then expenses_keur end" -%}
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    vintage,
    taakveld_name,
    taakveld_cluster,
    cluster_name,
    main_taakveld_code,
    main_taakveld_name,
    cast(municipality_name as varchar) as municipality_name,
    cast(level as varchar) as level,
    known_within,
    expenses_keur,
    revenue_keur,
    cast(expenses_keur - revenue_keur as decimal(18, 3)) as net_cost_keur,
    inhabitants,
    {{ eur_per_inhabitant(whole, 'inhabitants') }} as expenses_eur_per_inhabitant,
    {{ eur_per_inhabitant(whole, 'inhabitants', 'price_index') }}
        as expenses_real_eur_per_inhabitant,
    price_index,
    price_base_year,
    cast(series_break as varchar) as series_break,
    cast(value_status as varchar) as value_status,
    cast(revenue_status as varchar) as revenue_status,
    {%- if parts %}
    {{ parts }},
    {%- endif %}
    cast(source_table as varchar) as source_table,
    source_delivery,
    source_line,
    cast(inhabitants_source as varchar) as inhabitants_source,
    cast(price_index_source as varchar) as price_index_source
{%- endmacro %}

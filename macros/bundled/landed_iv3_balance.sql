{% macro landed_iv3_balance() -%}
    select
        cells.municipality_code,
        cast(cells.fiscal_year as smallint) as fiscal_year,
        posts.code as post_group,
        {{ whole_keur('sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur))') }}
            as amount_keur,
        any_value(deliveries.source_table) as cbs_table,
        concat(cells.fiscal_year, 'X005') as cbs_period
    from {{ ref('stg_cbs__iv3_cells') }} as cells
    inner join {{ ref('int_iv3__deliveries') }} as deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix
    inner join (select unnest([{{ quoted_codes('balance_post') }}]) as code) as posts
        on starts_with(cells.taakveld_code, posts.code)
    where cells.category_code = 'Ultimo' and deliveries.report = 'accounts'
    group by cells.municipality_code, cells.fiscal_year, posts.code
{%- endmacro %}

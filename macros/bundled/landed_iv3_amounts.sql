{% macro landed_iv3_amounts() -%}
    select
        amounts.municipality_code,
        cast(amounts.fiscal_year as smallint) as fiscal_year,
        amounts.report,
        amounts.taakveld_code,
        amounts.level,
        {{ whole_keur('amounts.expenses_keur') }} as expenses_keur,
        {{ whole_keur('amounts.revenue_keur') }} as revenue_keur,
        amounts.value_status,
        amounts.revenue_status,
        amounts.source_table as cbs_table,
        concat(amounts.fiscal_year, deliveries.report_suffix) as cbs_period
    from {{ ref('int_iv3__taakveld_amounts') }} as amounts
    inner join {{ ref('int_iv3__deliveries') }} as deliveries
        on
            amounts.municipality_code = deliveries.municipality_code
            and amounts.fiscal_year = deliveries.fiscal_year
            and amounts.report = deliveries.report
    where amounts.source_delivery is not null and amounts.report in ('budget', 'accounts')
{%- endmacro %}

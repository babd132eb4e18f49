{% macro landed_iv3_totals() -%}
    select
        municipality_code,
        fiscal_year,
        report,
        cast(
            sum(expenses_keur) filter (where taakveld_code not in ('0.10', '0.11')) as integer
        ) as expenses_keur,
        cast(
            sum(revenue_keur) filter (where taakveld_code not in ('0.10', '0.11')) as integer
        ) as revenue_keur,
        any_value(value_status) as value_status,
        any_value(cbs_table) as cbs_table,
        any_value(cbs_period) as cbs_period
    from ({{ landed_iv3_amounts() }})
    group by municipality_code, fiscal_year, report
{%- endmacro %}

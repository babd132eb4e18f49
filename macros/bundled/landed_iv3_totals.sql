{% macro landed_iv3_totals() -%}
    select
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.report,
        cast(
            sum(amounts.expenses_keur) filter (where amounts.taakveld_code not in ('0.10', '0.11'))
            as integer
        ) as expenses_keur,
        cast(
            sum(amounts.revenue_keur) filter (where amounts.taakveld_code not in ('0.10', '0.11'))
            as integer
        ) as revenue_keur,
        cast(
            sum(amounts.expenses_keur) filter (where amounts.taakveld_code = '0.10') as integer
        ) as transfer_to_reserves_keur,
        cast(
            sum(amounts.revenue_keur) filter (where amounts.taakveld_code = '0.10') as integer
        ) as transfer_from_reserves_keur,
        {%- for name in ['wages', 'hired_staff', 'joint_arrangements'] %}
        {{ whole_keur('if(any_value(amounts.expenses_keur) is null, null, coalesce(any_value('
            ~ 'parts.' ~ name ~ '_keur), 0))') }} as {{ name }}_keur,
        {%- endfor %}
        any_value(amounts.value_status) as value_status,
        any_value(amounts.cbs_table) as cbs_table,
        any_value(amounts.cbs_period) as cbs_period
    from ({{ landed_iv3_amounts() }}) as amounts
    left join
        (
            select
                cells.municipality_code,
                concat(cells.fiscal_year, cells.report_suffix) as cbs_period,
                {%- for name, category in [
                    ('wages', 'L1.1'), ('hired_staff', 'L3.5.1'), ('joint_arrangements', 'L4.3.3')
                ] %}
                sum(if(vintages.vintage = 2, cells.second_keur, cells.first_keur))
                    filter (where cells.category_code = '{{ category }}') as {{ name }}_keur
                {{- ',' if not loop.last }}
                {%- endfor %}
            from {{ ref('stg_cbs__iv3_cells') }} as cells
            inner join {{ ref('int_iv3__deliveries') }} as vintages
                on
                    cells.municipality_code = vintages.municipality_code
                    and cells.fiscal_year = vintages.fiscal_year
                    and cells.report_suffix = vintages.report_suffix
            where
                regexp_matches(cells.taakveld_code, '^[0-9]')
                and cells.taakveld_code not in ('0.10', '0.11')
            group by all
        ) as parts
        on
            amounts.municipality_code = parts.municipality_code
            and amounts.cbs_period = parts.cbs_period
    group by amounts.municipality_code, amounts.fiscal_year, amounts.report
{%- endmacro %}

{% macro landed_iv3_totals() -%}
    select
        totals.municipality_code,
        cast(totals.fiscal_year as smallint) as fiscal_year,
        totals.report,
        {%- for name in [
            'expenses', 'revenue', 'transfer_to_reserves', 'transfer_from_reserves', 'wages',
            'hired_staff', 'joint_arrangements', 'local_levies', 'general_grant', 'specific_grants',
        ] %}
        {{ whole_keur('totals.' ~ name ~ '_keur') }} as {{ name }}_keur,
        {%- endfor %}
        totals.value_status,
        totals.source_table as cbs_table,
        concat(totals.fiscal_year, reports.report_suffix) as cbs_period
    from {{ ref('int_iv3__totals') }} as totals
    inner join {{ ref('stg_reference__iv3_reports') }} as reports on totals.report = reports.report
    where totals.source_delivery is not null
{%- endmacro %}

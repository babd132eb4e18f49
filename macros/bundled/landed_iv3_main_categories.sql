{% macro landed_iv3_main_categories() -%}
    select
        deliveries.municipality_code,
        cast(deliveries.fiscal_year as smallint) as fiscal_year,
        deliveries.report,
        main_taakvelden.code as main_taakveld_code,
        main_categories.code as main_category_code,
        {{ whole_keur('coalesce(sums.expenses_keur, if(deliveries.vintage is null, null, 0))') }}
            as expenses_keur,
        deliveries.value_status,
        deliveries.source_table as cbs_table,
        concat(deliveries.fiscal_year, deliveries.report_suffix) as cbs_period
    from {{ ref('int_iv3__deliveries') }} as deliveries
    cross join (select unnest(string_split('012345678', '')) as code) as main_taakvelden
    cross join (select unnest(string_split('1234567', '')) as code) as main_categories
    left join
        (
            select
                cells.municipality_code,
                cells.fiscal_year,
                cells.report_suffix,
                cells.taakveld_code[1] as main_taakveld_code,
                cells.category_code[2] as main_category_code,
                sum(if(vintages.vintage = 2, cells.second_keur, cells.first_keur))
                    as expenses_keur
            from {{ ref('stg_cbs__iv3_cells') }} as cells
            inner join {{ ref('int_iv3__deliveries') }} as vintages
                on
                    cells.municipality_code = vintages.municipality_code
                    and cells.fiscal_year = vintages.fiscal_year
                    and cells.report_suffix = vintages.report_suffix
            where
                regexp_matches(cells.category_code, '^L[0-9]')
                and regexp_matches(cells.taakveld_code, '^[0-9]')
                and cells.taakveld_code not in ('0.10', '0.11')
            group by all
        ) as sums
        on
            deliveries.municipality_code = sums.municipality_code
            and deliveries.fiscal_year = sums.fiscal_year
            and deliveries.report_suffix = sums.report_suffix
            and main_taakvelden.code = sums.main_taakveld_code
            and main_categories.code = sums.main_category_code
    where deliveries.report in ('budget', 'accounts')
{%- endmacro %}

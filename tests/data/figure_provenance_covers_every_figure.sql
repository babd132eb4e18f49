-- Offenders: figures of programme_results that are published without an input. Indicators that
-- a chapter does not print are counted as zero from nothing.
with

figures as (

    unpivot (
        select
            municipality_code,
            fiscal_year,
            programme_code,
            columns('(_keur|_pct|^inhabitants|^indicators_.*|^action_points_.*)$')::decimal(18, 6)
        from {{ ref('programme_results') }}
    ) on columns(* exclude (municipality_code, fiscal_year, programme_code))
    into name column_name value figure

)

select figures.*
from figures
anti join {{ ref('figure_provenance') }} as provenance
    on
        provenance.table_name = 'programme_results'
        and provenance.row_key = concat_ws(
            ' ',
            'municipality_code=' || figures.municipality_code,
            'fiscal_year=' || figures.fiscal_year,
            'programme_code=' || figures.programme_code
        )
        and figures.column_name = provenance.column_name
where
    figures.figure != 0
    or not starts_with(figures.column_name, 'indicators_')
    or (
        figures.column_name not in ('indicators_own', 'indicators_statutory')
        and exists (
            select 1
            from {{ ref('programme_results') }} as programmes
            where
                programmes.municipality_code = figures.municipality_code
                and programmes.fiscal_year = figures.fiscal_year
                and programmes.programme_code = figures.programme_code
                and programmes.indicators_own > 0
        )
    )

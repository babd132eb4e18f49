-- Offenders: figures of programme_results that are published without an input.
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
where figures.column_name not in ('indicators_statutory', 'indicators_own') or figures.figure != 0

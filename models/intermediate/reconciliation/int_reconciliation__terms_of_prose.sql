-- One row per figure in a relation between amounts in the prose, or between prose and tables, that
-- a reviewer has named in seeds/reference: a published figure with its own rounding, or a number
-- counted on lines that the reviewer names. A term that finds no figure has no value. They speak of
-- one chapter: not of a programme that another document describes, nor of figures that were
-- delivered in place of the chapter's.
with

identities as (

    select * from {{ ref('stg_reference__prose_identities') }}

),

terms as (

    select * from {{ ref('stg_reference__prose_identity_terms') }}

),

programmes as (

    select programmes.* from {{ ref('stg_accounts__programmes') }} as programmes
    anti join {{ ref('stg_accounts__acceptances') }} as acceptances
        on programmes.source_document = acceptances.name

),

facts as (

    select * from {{ ref('stg_accounts__chapter_facts') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

indicators as (

    select * from {{ ref('stg_accounts__indicators') }}

),

explanations as (

    select * from {{ ref('stg_accounts__variance_explanations') }}

),

forecasts as (

    select * from {{ ref('stg_accounts__forecasts') }}

),

indicator_figures as (

    unpivot indicators
    on score, previous_score, target
    into name figure value figure_value

),

-- Counts without a hedge are exact; money, percentages and scores are rounded as printed.
figures as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        'fact' as source_kind,
        cast(fact_no as varchar) as source_key,
        value as figure_value,
        if(
            hedge is null and unit not in ('keur', 'percent'),
            0,
            {{ rounding_room('rounded_to', 'hedge') }}
        ) as room,
        source_document,
        source_line,
        'chapter_facts' as seed_name,
        seed_line,
        'value' as seed_column
    from facts
    where value is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'finance' as source_kind,
        concat_ws('/', line_item, flow, phase) as source_key,
        amount_keur as figure_value,
        {{ rounding_room(1) }} as room,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from cells
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'indicator' as source_kind,
        concat_ws('/', indicator_code, figure) as source_key,
        figure_value,
        {{ rounding_room(
            'case'
            ~ ' when figure_value = round(figure_value, 0) then 1'
            ~ ' when figure_value = round(figure_value, 1) then 0.1'
            ~ ' else 0.01 end'
        ) }} as room,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        figure as seed_column
    from indicator_figures
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'explanation' as source_kind,
        cast(explanation_no as varchar) as source_key,
        amount_keur as figure_value,
        {{ rounding_room('rounded_to_keur', 'hedge') }} as room,
        source_document,
        source_line,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as seed_column
    from explanations
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'forecast' as source_kind,
        stage as source_key,
        forecast_keur as figure_value,
        {{ rounding_room('rounded_to_keur', 'hedge') }} as room,
        source_document,
        source_line,
        'forecasts' as seed_name,
        seed_line,
        'forecast_keur' as seed_column
    from forecasts

),

named_terms as (

    select
        identities.*,
        programmes.source_document,
        terms.side,
        terms.factor,
        coalesce(terms.counted_value, figures.figure_value) as figure_value,
        coalesce(figures.room, 0) as room,
        coalesce(terms.counted_lines, cast(figures.source_line as varchar)) as source_lines,
        coalesce(figures.seed_name, 'prose_identity_terms') as seed_name,
        coalesce(figures.seed_line, terms.seed_line) as seed_line,
        coalesce(figures.seed_column, 'counted_value') as seed_column
    from identities
    inner join terms on identities.identity_code = terms.identity_code
    inner join programmes
        on
            identities.municipality_code = programmes.municipality_code
            and identities.fiscal_year = programmes.fiscal_year
            and identities.programme_code = programmes.programme_code
    left join figures
        on
            identities.municipality_code = figures.municipality_code
            and identities.fiscal_year = figures.fiscal_year
            and identities.programme_code = figures.programme_code
            and terms.source_kind = figures.source_kind
            and terms.source_key = figures.source_key
            and programmes.source_document = figures.source_document

),

delivered as (

    select distinct
        municipality_code,
        fiscal_year,
        programme_code
    from {{ ref('stg_accounts__acceptances') }}

)

select
    named_terms.identity_code as identity,
    named_terms.municipality_code,
    named_terms.fiscal_year,
    named_terms.programme_code,
    named_terms.subject,
    'not_applicable' as phase,
    named_terms.relation,
    named_terms.unit,
    named_terms.side,
    named_terms.factor,
    named_terms.figure_value,
    named_terms.room,
    null as term_name,
    named_terms.source_document,
    concat_ws(', ', named_terms.source_lines, named_terms.stated_lines) as source_lines,
    named_terms.seed_name,
    named_terms.seed_line,
    named_terms.seed_column
from named_terms
left join delivered
    on
        named_terms.municipality_code = delivered.municipality_code
        and named_terms.fiscal_year = delivered.fiscal_year
        and named_terms.programme_code = delivered.programme_code
qualify
    delivered.programme_code is null
    or bool_and(named_terms.figure_value is not null) over (
        partition by named_terms.identity_code
    )

-- One row per relation between amounts in the prose, or between prose and tables, that a reviewer
-- has named in seeds/reference: the left terms against the right terms, each with its own rounding.
-- A term is a published figure, or a number counted on lines that the reviewer names.
with

identities as (

    select * from {{ ref('stg_reference__prose_identities') }}

),

terms as (

    select * from {{ ref('stg_reference__prose_identity_terms') }}

),

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

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
        case
            when hedge is null and unit not in ('keur', 'percent') then 0
            when hedge = 'circa' then 2 * rounded_to
            else rounded_to
        end as rounded_to,
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
        1 as rounded_to,
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
        case
            when figure_value = round(figure_value, 0) then 1
            when figure_value = round(figure_value, 1) then 0.1
            else 0.01
        end as rounded_to,
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
        rounded_to_keur * if(hedge = 'circa', 2, 1) as rounded_to,
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
        rounded_to_keur as rounded_to,
        source_document,
        source_line,
        'forecasts' as seed_name,
        seed_line,
        'forecast_keur' as seed_column
    from forecasts

),

-- A term that finds no figure leaves its side, and so the identity, without a value.
resolved as (

    select
        identities.*,
        terms.term_no,
        terms.side,
        terms.factor * coalesce(terms.counted_value, figures.figure_value) as term_value,
        abs(terms.factor) * figures.rounded_to as rounded_to,
        programmes.source_document,
        coalesce(terms.counted_lines, cast(figures.source_line as varchar)) as source_lines,
        coalesce(figures.seed_name, 'prose_identity_terms') as seed_name,
        coalesce(figures.seed_line, terms.seed_line) as seed_line,
        coalesce(figures.seed_column, 'counted_value') as seed_column
    from identities
    inner join programmes
        on
            identities.municipality_code = programmes.municipality_code
            and identities.fiscal_year = programmes.fiscal_year
            and identities.programme_code = programmes.programme_code
    inner join terms on identities.identity_code = terms.identity_code
    left join figures
        on
            identities.municipality_code = figures.municipality_code
            and identities.fiscal_year = figures.fiscal_year
            and identities.programme_code = figures.programme_code
            and terms.source_kind = figures.source_kind
            and terms.source_key = figures.source_key

),

-- Lines of the terms, and lines that state the relation or print the figure of a term.
lines as (

    select
        identity_code,
        source_lines
    from resolved
    union
    select
        identity_code,
        unnest(string_split(stated_lines, ', ')) as source_lines
    from identities

),

joined_lines as (

    select
        identity_code,
        string_agg(
            source_lines, ', '
            order by cast(regexp_extract(source_lines, '^\d+') as integer), source_lines
        ) as source_lines
    from lines
    group by identity_code

),

sides as (

    select
        identity_code,
        municipality_code,
        fiscal_year,
        programme_code,
        any_value(subject) as subject,
        any_value(relation) as relation,
        any_value(unit) as unit,
        case
            when count(*) filter (where side = 'left' and term_value is null) = 0
                then cast(sum(term_value) filter (where side = 'left') as decimal(18, 3))
        end as left_value,
        case
            when count(*) filter (where side = 'right' and term_value is null) = 0
                then cast(sum(term_value) filter (where side = 'right') as decimal(18, 3))
        end as right_value,
        {{ half_units(1, 'coalesce(sum(rounded_to), 0)') }} as tolerance,
        any_value(source_document) as source_document,
        arg_min(seed_name, term_no) as seed_name,
        arg_min(seed_line, term_no) as seed_line,
        arg_min(seed_column, term_no) as seed_column
    from resolved
    group by identity_code, municipality_code, fiscal_year, programme_code

)

select
    sides.identity_code as identity,
    sides.municipality_code,
    sides.fiscal_year,
    sides.programme_code,
    sides.subject,
    'not_applicable' as phase,
    sides.relation,
    sides.unit,
    sides.left_value,
    sides.right_value,
    sides.tolerance,
    cast(null as decimal(18, 3)) as bridge_value,
    null as bridge_item,
    sides.source_document,
    joined_lines.source_lines,
    sides.seed_name,
    sides.seed_line,
    sides.seed_column
from sides
inner join joined_lines on sides.identity_code = joined_lines.identity_code

-- One row per programme for what its indicators and action points say of the structure: the
-- objective an indicator is printed under against the one its theme belongs to, and the numbers
-- of the action points against their count.
with

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

objectives as (

    select
        'indicator_objective_to_theme' as identity,
        municipality_code,
        fiscal_year,
        programme_code,
        'Eigen indicatoren onder de doelstelling van hun thema' as subject,
        'indicatoren' as unit,
        count(*) as left_value,
        count(*) filter (where objective_code_printed = objective_code_via_theme) as right_value,
        any_value(source_document) as source_document,
        coalesce(
            string_agg(source_line, ', ' order by source_line) filter (
                where objective_code_printed != objective_code_via_theme
            ),
            concat(min(source_line), '-', max(source_line))
        ) as source_lines,
        'indicators' as seed_name,
        min(seed_line) as seed_line,
        'objective_code_printed' as seed_column
    from indicators
    where objective_code_via_theme is not null
    group by municipality_code, fiscal_year, programme_code

),

main_points as (

    select * from action_points
    where regexp_full_match(action_code, '\d+')

),

numbers as (

    select
        'action_point_numbers' as identity,
        municipality_code,
        fiscal_year,
        programme_code,
        'Hoogste nummer van de actiepunten tegenover hun aantal' as subject,
        'actiepunten' as unit,
        max(cast(action_code as integer)) as left_value,
        count(*) as right_value,
        any_value(source_document) as source_document,
        concat(min(source_line), '-', max(source_line)) as source_lines,
        'action_points' as seed_name,
        max(seed_line) as seed_line,
        'action_code' as seed_column
    from main_points
    group by municipality_code, fiscal_year, programme_code

),

unioned as (

    select * from objectives
    union all
    select * from numbers

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'not_applicable' as phase,
    'equal' as relation,
    unit,
    cast(left_value as decimal(18, 3)) as left_value,
    cast(right_value as decimal(18, 3)) as right_value,
    cast(0 as decimal(18, 3)) as tolerance,
    cast(null as decimal(18, 3)) as bridge_value,
    null as bridge_item,
    source_document,
    source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

-- One row per thing counted in an identity of structure: own indicators printed under the objective
-- of their theme, and the numbers of the action points against how many there are.
with

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

tied_to_a_theme as (

    select * from indicators
    where objective_code_via_theme is not null

),

main_points as (

    select
        *,
        cast(action_code as integer) as action_number
    from action_points
    where regexp_full_match(action_code, '\d+')

),

unioned as (

    select
        'indicator_objective_to_theme' as identity,
        'Eigen indicatoren onder de doelstelling van hun thema' as subject,
        'indicatoren' as unit,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        1 as figure_value,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        'theme_code' as seed_column
    from tied_to_a_theme
    union all
    select
        'indicator_objective_to_theme' as identity,
        'Eigen indicatoren onder de doelstelling van hun thema' as subject,
        'indicatoren' as unit,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        if(objective_code_printed = objective_code_via_theme, 1, 0) as figure_value,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        'objective_code_printed' as seed_column
    from tied_to_a_theme
    union all
    select
        'action_point_numbers' as identity,
        'Hoogste nummer van de actiepunten tegenover hun aantal' as subject,
        'actiepunten' as unit,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        action_number as figure_value,
        source_document,
        source_line,
        'action_points' as seed_name,
        seed_line,
        'action_code' as seed_column
    from main_points
    qualify
        row_number() over (
            partition by municipality_code, fiscal_year, programme_code
            order by action_number desc
        ) = 1
    union all
    select
        'action_point_numbers' as identity,
        'Hoogste nummer van de actiepunten tegenover hun aantal' as subject,
        'actiepunten' as unit,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        1 as figure_value,
        source_document,
        source_line,
        'action_points' as seed_name,
        seed_line,
        'action_code' as seed_column
    from main_points

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
    side,
    1 as factor,
    figure_value,
    0 as room,
    null as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

-- A rule gives a question where its figures are large enough to ask: more than 1 % of the expenses
-- for reserves and forecasts, a quarter of the expenses without an indicator, a twentieth of the
-- budget for what it was raised by, a tenth of the gross variance without an explanation. The
-- first three stand.
with

results as (

    select * from {{ ref('programme_results') }}

),

steps as (

    select * from {{ ref('programme_steps') }}

),

forecasts as (

    select * from {{ ref('forecasts') }}
    where line_item = 'Totaal programma' and error_keur is not null

),

coverage as (

    select * from {{ ref('indicator_coverage') }}
    where coverage_basis in ('theme', 'product') and value_status = 'reported'

),

tree as (

    select * from {{ ref('goal_tree') }}

),

finance as (

    select * from {{ ref('programme_finance') }}

),

indicators as (

    select * from {{ ref('indicator_results') }}
    where indicator_kind = 'own' and verdict = 'not_measured'

),

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

reserves_beyond_budget as (

    select
        results.municipality_code,
        results.fiscal_year,
        results.programme_code,
        1 as rule_no,
        'reserves_beyond_budget' as question_code,
        concat(
            'Waarom is ',
            {{ amount_nl('results.transfer_to_reserves_actual_keur') }},
            ' aan reserves toegevoegd, waar ',
            if(
                results.transfer_to_reserves_final_budget_keur = 0,
                'niets',
                {{ amount_nl('results.transfer_to_reserves_final_budget_keur') }}
            ),
            ' was begroot?'
        ) as question,
        'programme_results.transfer_to_reserves_actual_keur|'
        'programme_results.transfer_to_reserves_final_budget_keur' as fields,
        cast(steps.source_line as varchar) as source_lines
    from results
    inner join steps
        on
            results.municipality_code = steps.municipality_code
            and results.fiscal_year = steps.fiscal_year
            and results.programme_code = steps.programme_code
            and steps.step_code = 'transfer_to_reserves_variance'
    where results.transfer_to_reserves_beyond_budget_keur * 100 > results.expenses_actual_keur

),

-- Of more forecasts the one that was furthest off.
forecast_missed as (

    select
        forecasts.municipality_code,
        forecasts.fiscal_year,
        forecasts.programme_code,
        2 as rule_no,
        'forecast_missed' as question_code,
        concat(
            'Hoe werd een verwacht ',
            if(forecasts.forecast_keur < 0, 'nadeel', 'voordeel'),
            ' van ',
            {{ amount_nl('forecasts.forecast_keur') }},
            ' een ',
            if(forecasts.outturn_keur < 0, 'nadeel', 'voordeel'),
            ' van ',
            {{ amount_nl('forecasts.outturn_keur') }},
            if(
                forecasts.budget_added_keur is null,
                '',
                concat(
                    ', en welk deel komt van de ',
                    {{ amount_nl('forecasts.budget_added_keur') }},
                    ' die daarna aan de begroting zijn toegevoegd'
                )
            ),
            '?'
        ) as question,
        concat(
            'forecasts.forecast_keur|forecasts.outturn_keur',
            if(forecasts.budget_added_keur is null, '', '|forecasts.budget_added_keur')
        ) as fields,
        concat_ws('|', forecasts.source_line, steps.source_line) as source_lines
    from forecasts
    inner join results
        on
            forecasts.municipality_code = results.municipality_code
            and forecasts.fiscal_year = results.fiscal_year
            and forecasts.programme_code = results.programme_code
    inner join steps
        on
            forecasts.municipality_code = steps.municipality_code
            and forecasts.fiscal_year = steps.fiscal_year
            and forecasts.programme_code = steps.programme_code
            and steps.step_code = 'net_cost_after_reserves_variance'
    where abs(forecasts.error_keur) * 100 > results.expenses_actual_keur
    qualify
        row_number() over (
            partition by
                forecasts.municipality_code,
                forecasts.fiscal_year,
                forecasts.programme_code
            order by abs(forecasts.error_keur) desc, forecasts.stage asc
        ) = 1

),

-- Counted by theme where the tree has themes with money, else by product.
expenses_without_indicator as (

    select
        coverage.municipality_code,
        coverage.fiscal_year,
        coverage.programme_code,
        3 as rule_no,
        'expenses_without_indicator' as question_code,
        concat(
            'Waaraan kan de raad zien wat is bereikt met de ',
            {{ number_nl('round(coverage.expenses_without_indicator_pct)') }},
            ' % van de lasten zonder eigen indicator (geteld ',
            coverage.coverage_basis_name,
            ')?'
        ) as question,
        'indicator_coverage.expenses_without_indicator_pct' as fields,
        (
            select string_agg(distinct tree.source_line, '|' order by tree.source_line)
            from tree
            where
                tree.municipality_code = coverage.municipality_code
                and tree.fiscal_year = coverage.fiscal_year
                and tree.programme_code = coverage.programme_code
                and tree.node_type = 'product'
                and list_contains(
                    string_split(coverage.products_without_indicator, '|'), tree.node_name
                )
        ) as source_lines
    from coverage
    where coverage.expenses_without_indicator_pct > 25
    qualify
        row_number() over (
            partition by coverage.municipality_code, coverage.fiscal_year, coverage.programme_code
            order by coverage.coverage_basis desc
        ) = 1

),

budget_raised as (

    select
        results.municipality_code,
        results.fiscal_year,
        results.programme_code,
        4 as rule_no,
        'budget_raised' as question_code,
        concat(
            'Waardoor ging de begroting, na reserves, in de loop van het jaar ',
            if(steps.amount_keur < 0, 'omlaag', 'omhoog'),
            ' met ',
            {{ amount_nl('steps.amount_keur') }},
            '?'
        ) as question,
        'programme_steps.amount_keur' as fields,
        cast(steps.source_line as varchar) as source_lines
    from results
    inner join steps
        on
            results.municipality_code = steps.municipality_code
            and results.fiscal_year = steps.fiscal_year
            and results.programme_code = steps.programme_code
            and steps.step_code = 'budget_raised'
    where
        abs(steps.amount_keur) * 20
        > abs(results.net_cost_after_reserves_original_budget_keur)

),

-- Additions to reserves beyond the budget have their own question.
variance_unexplained as (

    select
        results.municipality_code,
        results.fiscal_year,
        results.programme_code,
        5 as rule_no,
        'variance_unexplained' as question_code,
        concat(
            'Waar komt het verschil vandaan dat de toelichting niet noemt, het grootst bij ‘',
            results.largest_unexplained_line,
            '’?'
        ) as question,
        'programme_results.gross_variance_keur|programme_results.gross_variance_covered_keur|'
        'programme_results.largest_unexplained_line' as fields,
        (
            select string_agg(distinct finance.source_line, '|' order by finance.source_line)
            from finance
            where
                finance.municipality_code = results.municipality_code
                and finance.fiscal_year = results.fiscal_year
                and finance.programme_code = results.programme_code
                and results.largest_unexplained_line
                in (finance.line_item, {{ label_nl('flow', 'finance.flow') }})
                and finance.variance_keur != 0
        ) as source_lines
    from results
    anti join reserves_beyond_budget as asked
        on
            results.municipality_code = asked.municipality_code
            and results.fiscal_year = asked.fiscal_year
            and results.programme_code = asked.programme_code
            and results.largest_unexplained_line = {{ label_nl('flow', "'transfer_to_reserves'") }}
    where
        results.largest_unexplained_line is not null
        and (results.gross_variance_keur - results.gross_variance_covered_keur) * 10
        > results.gross_variance_keur

),

indicators_not_measured as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        6 as rule_no,
        'indicators_not_measured' as question_code,
        concat(
            'Wanneer ',
            if(count(*) = 1, 'wordt de eigen indicator', 'worden de eigen indicatoren'),
            ' gemeten waarvoor dit jaar geen meting is (',
            count(*),
            ')?'
        ) as question,
        'indicator_results.verdict' as fields,
        string_agg(distinct source_line, '|' order by source_line) as source_lines
    from indicators
    group by municipality_code, fiscal_year, programme_code

),

asked as (

    {% for rule in [
        'reserves_beyond_budget', 'forecast_missed', 'expenses_without_indicator',
        'budget_raised', 'variance_unexplained', 'indicators_not_measured',
    ] -%}
    select * from {{ rule }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

numbered as (

    select
        asked.*,
        programmes.source_document,
        row_number() over (
            partition by asked.municipality_code, asked.fiscal_year, asked.programme_code
            order by asked.rule_no
        ) as question_no
    from asked
    inner join programmes
        on
            asked.municipality_code = programmes.municipality_code
            and asked.fiscal_year = programmes.fiscal_year
            and asked.programme_code = programmes.programme_code

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('numbered') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    question_code,
    municipality_name,
    programme_name,
    cast(question_no as integer) as question_no,
    question,
    fields,
    source_document,
    source_lines
from named
where question_no <= 3
order by municipality_code, fiscal_year, programme_code, question_code

-- One row per figure in an identity of the cost table: each variance, each total, each net row, and
-- net cost after reserves both from the net rows and from the four flows. What a table does not
-- print, or our copy of it lost, leaves the identities that need it unstated.
with

programme_finance as (

    select * from {{ ref('stg_accounts__programme_finance') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

-- Which flows make up which net row.
compositions as (

    select * from {{ ref('stg_reference__net_row_parts') }}

),

-- A part may be left out of a net row only where the table does not print it in another form.
conditions as (

    select
        identity,
        string_split(other_form, ' ') as printed_flows,
        list(part_flow) as needed_flows
    from compositions
    where other_form is not null
    group by identity, other_form

),

net_identities as (

    select
        identity,
        flow,
        list(part_flow) as part_flows
    from compositions
    group by identity, flow

),

totals as (

    select * from cells
    where is_total

),

totals_of_programme as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        list(flow) as flows
    from programme_finance
    where is_total
    group by municipality_code, fiscal_year, programme_code

),

totals_of_phase as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        phase,
        list(flow) as flows
    from totals
    group by municipality_code, fiscal_year, programme_code, phase

),

-- The printed net rows of which every printed part is known in the same phase.
stated as (

    select
        net_identities.identity,
        net_identities.flow,
        totals_of_phase.municipality_code,
        totals_of_phase.fiscal_year,
        totals_of_phase.programme_code,
        totals_of_phase.phase
    from totals_of_phase
    inner join totals_of_programme
        on
            totals_of_phase.municipality_code = totals_of_programme.municipality_code
            and totals_of_phase.fiscal_year = totals_of_programme.fiscal_year
            and totals_of_phase.programme_code = totals_of_programme.programme_code
    cross join net_identities
    where
        list_contains(totals_of_phase.flows, net_identities.flow)
        and list_has_all(
            totals_of_phase.flows,
            list_intersect(totals_of_programme.flows, net_identities.part_flows)
        )
        and not exists (
            select 1
            from conditions
            where
                conditions.identity = net_identities.identity
                and list_has_any(totals_of_phase.flows, conditions.printed_flows)
                and not list_has_any(totals_of_phase.flows, conditions.needed_flows)
        )

),

-- Amounts that the source prints and our copy lost: their total cannot be proved.
lost as (

    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        flow,
        replace(seed_column, '_keur', '') as phase
    from programme_finance
    unpivot include nulls (
        amount_keur
        for seed_column in (original_budget_keur, final_budget_keur, actual_keur, variance_keur)
    )
    where amount_keur is null and value_status in ('not_captured', 'partially_reported')

),

-- A row that lacks one of the three phases has no variance to prove.
variance_of_row as (

    select
        'variance_of_row' as identity,
        line_item || ', ' || {{ label_nl('flow', 'flow') }} as subject,
        'variance' as identity_phase,
        if(phase = 'variance', 'left', 'right') as side,
        if(phase = 'variance', 1, {{ variance_sign('flow', 'phase') }}) as factor,
        *
    from cells
    where phase in ('final_budget', 'actual', 'variance')
    qualify
        count(*) over (
            partition by municipality_code, fiscal_year, programme_code, line_item, flow
        ) = 3

),

sum_of_lines as (

    select
        'sum_of_lines' as identity,
        'Totaal programma, ' || {{ label_nl('flow', 'cells.flow') }} as subject,
        cells.phase as identity_phase,
        if(cells.is_total, 'left', 'right') as side,
        1 as factor,
        cells.*
    from cells
    anti join lost
        on
            cells.municipality_code = lost.municipality_code
            and cells.fiscal_year = lost.fiscal_year
            and cells.programme_code = lost.programme_code
            and cells.flow = lost.flow
            and cells.phase = lost.phase
    qualify
        count(distinct cells.is_total) over (
            partition by
                cells.municipality_code,
                cells.fiscal_year,
                cells.programme_code,
                cells.flow,
                cells.phase
        ) = 2

),

net_rows as (

    select
        stated.identity,
        'Totaal programma, ' || {{ label_nl('flow', 'stated.flow') }} as subject,
        totals.phase as identity_phase,
        'left' as side,
        1 as factor,
        totals.*
    from totals
    inner join stated
        on
            totals.municipality_code = stated.municipality_code
            and totals.fiscal_year = stated.fiscal_year
            and totals.programme_code = stated.programme_code
            and totals.phase = stated.phase
            and totals.flow = stated.flow
    union all
    -- Variances are favourable when positive in every flow, so they add up as they stand.
    select
        stated.identity,
        'Totaal programma, ' || {{ label_nl('flow', 'stated.flow') }} as subject,
        totals.phase as identity_phase,
        'right' as side,
        if(totals.phase = 'variance', 1, {{ cost_sign('totals.flow') }}) as factor,
        totals.*
    from totals
    inner join stated
        on
            totals.municipality_code = stated.municipality_code
            and totals.fiscal_year = stated.fiscal_year
            and totals.programme_code = stated.programme_code
            and totals.phase = stated.phase
    inner join compositions
        on
            stated.identity = compositions.identity
            and totals.flow = compositions.part_flow

),

unioned as (

    select * from variance_of_row
    union all
    select * from sum_of_lines
    union all
    select * from net_rows

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    identity_phase as phase,
    'equal' as relation,
    'keur' as unit,
    side,
    factor,
    amount_keur as figure_value,
    {{ rounding_room(1) }} as room,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

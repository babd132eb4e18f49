-- One row per figure in an identity of the cost table: each variance, each total, each net row, and
-- net cost after reserves both from the net rows and from the four flows.
with

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

-- Which flows make up which net row.
compositions as (

    select
        composition.identity,
        composition.flow,
        composition.part_flow
    from (
        values
        ('net_cost', 'net_cost', 'expenses'),
        ('net_cost', 'net_cost', 'revenue'),
        ('net_reserve_movement', 'net_reserve_movement', 'transfer_to_reserves'),
        ('net_reserve_movement', 'net_reserve_movement', 'transfer_from_reserves'),
        ('net_cost_after_reserves', 'net_cost_after_reserves', 'net_cost'),
        ('net_cost_after_reserves', 'net_cost_after_reserves', 'net_reserve_movement'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'expenses'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'revenue'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'transfer_to_reserves'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'transfer_from_reserves')
    ) as composition (identity, flow, part_flow)

),

net_identities as (

    select distinct
        identity,
        flow
    from compositions

),

-- A row that lacks one of the three phases has no variance to prove.
variance_of_row as (

    select
        'variance_of_row' as identity,
        line_item || ', ' || {{ flow_label_nl('flow') }} as subject,
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
        'Totaal programma, ' || {{ flow_label_nl('flow') }} as subject,
        phase as identity_phase,
        if(is_total, 'left', 'right') as side,
        1 as factor,
        *
    from cells
    qualify
        count(distinct is_total) over (
            partition by municipality_code, fiscal_year, programme_code, flow, phase
        ) = 2

),

net_rows as (

    select
        compositions.identity,
        'Totaal programma, ' || {{ flow_label_nl('compositions.flow') }} as subject,
        cells.phase as identity_phase,
        'left' as side,
        1 as factor,
        cells.*
    from cells
    inner join net_identities as compositions on cells.flow = compositions.flow
    where cells.is_total
    union all
    -- Variances are favourable when positive in every flow, so they add up as they stand.
    select
        compositions.identity,
        'Totaal programma, ' || {{ flow_label_nl('compositions.flow') }} as subject,
        cells.phase as identity_phase,
        'right' as side,
        if(cells.phase = 'variance', 1, {{ cost_sign('cells.flow') }}) as factor,
        cells.*
    from cells
    inner join compositions on cells.flow = compositions.part_flow
    where cells.is_total

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
    1 as rounded_to,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

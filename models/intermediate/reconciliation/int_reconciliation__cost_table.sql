-- One row per identity of the cost table: each variance, each total, each net row, and net cost
-- after reserves both from the net rows and from the four flows.
with

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

lines as (

    select * from {{ ref('stg_accounts__programme_finance') }}

),

-- Which flows make up which net row. Variances are favourable when positive in every flow, so
-- they add up as they stand; amounts carry the sign of a cost.
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

variances as (

    select
        'variance_of_row' as identity,
        municipality_code,
        fiscal_year,
        programme_code,
        line_item || ', ' || {{ flow_label_nl('flow') }} as subject,
        'variance' as phase,
        variance_keur as left_value,
        {{ budgetary_variance('flow', 'final_budget_keur', 'actual_keur') }} as right_value,
        3 as printed_figures,
        source_document,
        cast(source_line as varchar) as source_lines,
        seed_line,
        'variance_keur' as seed_column
    from lines
    where variance_keur is not null and final_budget_keur is not null and actual_keur is not null

),

line_sums as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        flow,
        phase,
        sum(amount_keur) as amount_keur,
        count(*) as printed_lines,
        min(source_line) as first_line,
        max(source_line) as last_line
    from cells
    where not is_total
    group by municipality_code, fiscal_year, programme_code, flow, phase

),

totals as (

    select
        'sum_of_lines' as identity,
        total.municipality_code,
        total.fiscal_year,
        total.programme_code,
        'Totaal programma, ' || {{ flow_label_nl('total.flow') }} as subject,
        total.phase,
        total.amount_keur as left_value,
        line_sums.amount_keur as right_value,
        line_sums.printed_lines + 1 as printed_figures,
        total.source_document,
        concat(total.source_line, ', ', line_sums.first_line, '-', line_sums.last_line)
            as source_lines,
        total.seed_line,
        total.seed_column
    from cells as total
    inner join line_sums
        on
            total.municipality_code = line_sums.municipality_code
            and total.fiscal_year = line_sums.fiscal_year
            and total.programme_code = line_sums.programme_code
            and total.flow = line_sums.flow
            and total.phase = line_sums.phase
    where total.is_total

),

net_rows as (

    select
        compositions.identity,
        net.municipality_code,
        net.fiscal_year,
        net.programme_code,
        'Totaal programma, ' || {{ flow_label_nl('net.flow') }} as subject,
        net.phase,
        any_value(net.amount_keur) as left_value,
        sum(
            part.amount_keur
            * case
                when part.phase = 'variance' then 1
                else {{ cost_sign('part.flow') }}
            end
        ) as right_value,
        count(*) + 1 as printed_figures,
        any_value(net.source_document) as source_document,
        concat(
            any_value(net.source_line),
            ', ',
            string_agg(part.source_line, ', ' order by part.source_line)
        ) as source_lines,
        any_value(net.seed_line) as seed_line,
        any_value(net.seed_column) as seed_column
    from cells as net
    inner join compositions on net.flow = compositions.flow
    inner join cells as part
        on
            compositions.part_flow = part.flow
            and net.municipality_code = part.municipality_code
            and net.fiscal_year = part.fiscal_year
            and net.programme_code = part.programme_code
            and net.phase = part.phase
            and part.is_total
    where net.is_total
    group by
        compositions.identity,
        net.municipality_code,
        net.fiscal_year,
        net.programme_code,
        net.flow,
        net.phase

),

unioned as (

    select * from variances
    union all
    select * from totals
    union all
    select * from net_rows

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    'equal' as relation,
    'keur' as unit,
    left_value,
    right_value,
    {{ half_units('printed_figures') }} as tolerance,
    cast(null as decimal(18, 3)) as bridge_value,
    null as bridge_item,
    source_document,
    source_lines,
    'programme_finance' as seed_name,
    seed_line,
    seed_column
from unioned

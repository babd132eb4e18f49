-- One row per figure in an identity of amounts of years and of reserves: a programme against its
-- lines, a document against its programmes and what belongs to none, each net row against its
-- flows, the closing balance of a reserve against its movements. What a source leaves empty takes
-- no part; what our copy lost, or a net row or reserve needs, leaves an identity unstated.
with

budget_years as (

    select * from {{ ref('stg_accounts__budget_years') }}

),

reserves as (

    select * from {{ ref('stg_accounts__reserves') }}

),

-- Which flows make up which net row.
compositions as (

    select * from {{ ref('stg_reference__net_row_parts') }}
    where identity in ('net_cost', 'net_reserve_movement', 'net_cost_after_reserves_from_flows')

),

cells as (

    select
        *,
        programme_code = '{{ whole_document() }}' as is_of_document,
        if(is_total, 'Totaal', line_item) as part
    from budget_years
    where amount_keur is not null

),

flows_of_part as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        part,
        list(distinct flow) as flows
    from cells
    group by municipality_code, fiscal_year, programme_code, part

),

flows_of_phase as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        part,
        amount_year,
        phase,
        list(flow) as flows
    from cells
    group by municipality_code, fiscal_year, programme_code, part, amount_year, phase

),

net_identities as (

    select
        identity,
        flow,
        list(part_flow) as part_flows
    from compositions
    group by identity, flow

),

-- The printed net rows of which every part that is printed of other years is known in this one.
stated as (

    select
        net_identities.identity,
        net_identities.flow,
        flows_of_phase.municipality_code,
        flows_of_phase.fiscal_year,
        flows_of_phase.programme_code,
        flows_of_phase.part,
        flows_of_phase.amount_year,
        flows_of_phase.phase
    from flows_of_phase
    inner join flows_of_part
        on
            flows_of_phase.municipality_code = flows_of_part.municipality_code
            and flows_of_phase.fiscal_year = flows_of_part.fiscal_year
            and flows_of_phase.programme_code = flows_of_part.programme_code
            and flows_of_phase.part = flows_of_part.part
    cross join net_identities
    where
        list_contains(flows_of_phase.flows, net_identities.flow)
        and list_has_all(
            flows_of_phase.flows, list_intersect(flows_of_part.flows, net_identities.part_flows)
        )
        and not exists (
            select 1
            from compositions
            where
                compositions.identity = net_identities.identity
                and list_contains(flows_of_phase.flows, compositions.other_form)
            group by compositions.other_form
            having not list_has_any(flows_of_phase.flows, list(compositions.part_flow))
        )

),

net_rows as (

    select
        concat('year_', stated.identity) as identity,
        concat(stated.part, ', ', {{ label_nl('flow', 'stated.flow') }}, ' ', stated.amount_year)
            as subject,
        if(cells.flow = stated.flow, 'left', 'right') as side,
        coalesce(compositions.sign, 1) as factor,
        cells.*
    from stated
    inner join cells
        on
            stated.municipality_code = cells.municipality_code
            and stated.fiscal_year = cells.fiscal_year
            and stated.programme_code = cells.programme_code
            and stated.part = cells.part
            and stated.amount_year = cells.amount_year
            and stated.phase = cells.phase
    left join compositions
        on
            stated.identity = compositions.identity
            and cells.flow = compositions.part_flow
    where cells.flow = stated.flow or compositions.sign is not null

),

-- Amounts that our copy lost: what they add up to cannot be proved.
lost as (

    select distinct
        municipality_code,
        fiscal_year,
        source_document,
        flow,
        amount_year,
        phase
    from budget_years
    where amount_keur is null

),

whole_cells as (

    select cells.* from cells
    anti join lost
        on
            cells.municipality_code = lost.municipality_code
            and cells.fiscal_year = lost.fiscal_year
            and cells.source_document = lost.source_document
            and cells.flow = lost.flow
            and cells.amount_year = lost.amount_year
            and cells.phase = lost.phase

),

sum_of_lines as (

    select
        'year_sum_of_lines' as identity,
        concat('Totaal programma, ', {{ label_nl('flow', 'flow') }}, ' ', amount_year) as subject,
        if(is_total, 'left', 'right') as side,
        1 as factor,
        *
    from whole_cells
    where not is_of_document

),

sum_of_programmes as (

    select
        'year_sum_of_programmes' as identity,
        concat('Alle programma’s, ', {{ label_nl('flow', 'cells.flow') }}, ' ', cells.amount_year)
            as subject,
        if(cells.is_of_document and cells.is_total, 'left', 'right') as side,
        1 as factor,
        cells.* replace ('{{ whole_document() }}' as programme_code)
    from whole_cells as cells
    semi join whole_cells as whole
        on
            whole.is_of_document
            and whole.is_total
            and cells.municipality_code = whole.municipality_code
            and cells.fiscal_year = whole.fiscal_year
            and cells.source_document = whole.source_document
    where cells.is_total or cells.is_of_document

),

amounts as (

    {% for kind in ['net_rows', 'sum_of_lines', 'sum_of_programmes'] -%}
    select
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        side,
        factor,
        amount_keur,
        line_item as term_name,
        source_document,
        source_line,
        'budget_years' as seed_name,
        seed_line,
        'amount_keur' as seed_column
    from {{ kind }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- Interest counts where it is printed.
movements as (

    unpivot (
        select * from reserves
        where
            opening_keur is not null
            and added_keur is not null
            and withdrawn_keur is not null
            and closing_keur is not null
    )
    on opening_keur, interest_keur, added_keur, withdrawn_keur, closing_keur
    into name seed_column value amount_keur

),

unioned as (

    select * from amounts
    union all
    select
        'reserve_closing' as identity,
        municipality_code,
        fiscal_year,
        programme_code,
        reserve_name as subject,
        'actual' as phase,
        if(seed_column = 'closing_keur', 'left', 'right') as side,
        if(seed_column = 'withdrawn_keur', -1, 1) as factor,
        amount_keur,
        reserve_name as term_name,
        source_document,
        source_line,
        'reserves' as seed_name,
        seed_line,
        seed_column
    from movements

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
    side,
    factor,
    amount_keur as figure_value,
    {{ rounding_room(1) }} as room,
    term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

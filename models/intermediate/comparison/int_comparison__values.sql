-- One row per boundary, municipality, year, budget or accounts, and measure: the value, and the
-- amount and people it is the ratio of. Null with its status where it cannot be made.
with

spending as (

    select * from {{ ref('int_comparison__spending') }}

),

denominators as (

    select * from {{ ref('int_comparison__denominators') }}

),

prices as (

    select * from {{ ref('int_prices__index') }}

),

ratios as (

    select * from {{ ref('int_comparison__ratios') }}

),

-- Of each municipality: its overhead (taakveld 0.4) as a share of its other expenses.
overhead as (

    select
        totals.boundary,
        totals.municipality_code,
        totals.fiscal_year,
        totals.report,
        overheads.expenses_keur
        / nullif(totals.expenses_keur - overheads.expenses_keur, 0) as share
    from spending as totals
    inner join spending as overheads
        on
            totals.boundary = overheads.boundary
            and totals.municipality_code = overheads.municipality_code
            and totals.fiscal_year = overheads.fiscal_year
            and totals.report = overheads.report
            and overheads.subject_kind = 'taakveld'
            and overheads.subject_code = '0.4'
    where totals.subject_kind = 'total'

),

measured as (

    select
        spending.*,
        measures.measure_code,
        measures.side,
        measures.denominator,
        measures.price_basis,
        if(measures.side = 'net', spending.revenue_status, spending.value_status) as status,
        case
            when spending.value_status = 'partially_reported' then null
            when measures.side = 'net' then spending.expenses_keur - spending.revenue_keur
            when measures.variant = 'with_overhead'
                then spending.expenses_keur * (1 + overhead.share)
            when measures.price_basis = 'real'
                then spending.expenses_keur * 100 / prices.price_index
            else spending.expenses_keur
        end as numerator_keur,
        measures.variant = 'with_overhead' as is_spread
    from spending
    inner join {{ ref('int_comparison__iv3_measures') }} as measures
        on
            spending.subject_kind = measures.subject_kind
            and spending.subject_code = measures.subject_code
    left join overhead
        on
            spending.boundary = overhead.boundary
            and spending.municipality_code = overhead.municipality_code
            and spending.fiscal_year = overhead.fiscal_year
            and spending.report = overhead.report
    left join prices on spending.fiscal_year = prices.price_year

),

divided as (

    select
        measured.*,
        denominators.people,
        denominators.is_estimate,
        measured.numerator_keur * 1000 / nullif(denominators.people, 0) as value
    from measured
    left join denominators
        on
            measured.boundary = denominators.boundary
            and measured.municipality_code = denominators.municipality_code
            and measured.fiscal_year = denominators.fiscal_year
            and measured.report = denominators.report
            and measured.denominator = denominators.denominator
    -- A serving region and an age group are published for those that have one only.
    where measured.denominator = 'inhabitants' or denominators.people is not null

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    subject_code,
    side,
    denominator,
    price_basis,
    if(value is null, null, cast(round(numerator_keur, 3) as decimal(18, 3))) as numerator_keur,
    if(value is null, null, people) as people,
    cast(round(value, 6) as decimal(18, 6)) as value,
    case
        when value is null and status in ('reported', 'provisional', 'estimated')
            then 'not_recomputable'
        when value is not null and (is_spread or is_estimate) then 'estimated'
        else status
    end as value_status,
    cast(null as varchar) as reason,
    'comparable' as comparability
from divided
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    subject_code,
    side,
    denominator,
    price_basis,
    numerator_keur,
    people,
    value,
    value_status,
    reason,
    comparability
from ratios

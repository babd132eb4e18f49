with

bridge as (

    select * from {{ ref('programme_taakveld_bridge') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

spending as (

    select * from {{ ref('taakveld_spending') }}
    where report = 'accounts'

),

flows as (

    select unnest(['expenses', 'revenue']) as flow

),

bridged_years as (

    select distinct
        municipality_code,
        fiscal_year
    from bridge

),

-- What a product is mapped to, and the whole social domain: what no product reaches is shown too.
subjects as (

    select
        bridged_years.municipality_code,
        bridged_years.fiscal_year,
        taakvelden.taakveld_code,
        taakvelden.taakveld_name
    from bridged_years
    inner join taakvelden
        on
            bridged_years.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
            and taakvelden.main_taakveld_code = '6'
    union
    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        taakveld_name
    from bridge

),

mapped as (

    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        flow,
        sum(allocated_keur) as allocated_keur,
        sum(allocated_keur) filter (where weight_fitted_on_iv3) as fitted_keur,
        count(*) as products_n
    from bridge
    group by municipality_code, fiscal_year, taakveld_code, flow

),

reached as (

    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        bool_or(weight_fitted_on_iv3) as is_fitted
    from bridge
    group by municipality_code, fiscal_year, taakveld_code

),

compared as (

    select
        subjects.municipality_code,
        subjects.fiscal_year,
        subjects.taakveld_code,
        flows.flow,
        subjects.taakveld_name,
        mapped.allocated_keur,
        if(mapped.allocated_keur is null, null, coalesce(mapped.fitted_keur, 0)) as fitted_keur,
        if(flows.flow = 'expenses', spending.expenses_keur, spending.revenue_keur) as iv3_keur,
        coalesce(mapped.products_n, 0) as products_n,
        reached.taakveld_code is not null as is_reached,
        coalesce(reached.is_fitted, false) as is_fitted,
        case
            when subjects.taakveld_code = 'unmapped' then 'not_applicable'
            when spending.taakveld_code is null then 'not_captured'
            when flows.flow = 'expenses' then spending.value_status
            else spending.revenue_status
        end as iv3_status
    from subjects
    cross join flows
    left join mapped
        on
            subjects.municipality_code = mapped.municipality_code
            and subjects.fiscal_year = mapped.fiscal_year
            and subjects.taakveld_code = mapped.taakveld_code
            and flows.flow = mapped.flow
    left join reached
        on
            subjects.municipality_code = reached.municipality_code
            and subjects.fiscal_year = reached.fiscal_year
            and subjects.taakveld_code = reached.taakveld_code
    left join spending
        on
            subjects.municipality_code = spending.municipality_code
            and subjects.fiscal_year = spending.fiscal_year
            and subjects.taakveld_code = spending.taakveld_code

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    compared.municipality_code,
    compared.fiscal_year,
    compared.taakveld_code,
    compared.flow,
    municipalities.municipality_name,
    compared.taakveld_name,
    cast(compared.allocated_keur as decimal(18, 3)) as allocated_keur,
    cast(compared.fitted_keur as decimal(18, 3)) as fitted_keur,
    compared.iv3_keur,
    cast(compared.allocated_keur - compared.iv3_keur as decimal(18, 3)) as difference_keur,
    cast(
        round(100 * compared.allocated_keur / nullif(compared.iv3_keur, 0), 2) as decimal(18, 2)
    ) as coverage_pct,
    cast(compared.products_n as integer) as products_n,
    compared.is_fitted as weight_fitted_on_iv3,
    case
        when compared.taakveld_code = 'unmapped' then 'unmapped'
        when not compared.is_reached then 'no_product_mapped'
        when compared.allocated_keur is null then 'no_amount_known'
        when compared.iv3_keur is null then 'iv3_unknown'
        when compared.is_fitted then 'fitted'
        else 'compared'
    end as coverage_status,
    compared.iv3_status
from compared
left join municipalities on compared.municipality_code = municipalities.municipality_code
order by
    compared.municipality_code, compared.fiscal_year, compared.taakveld_code, compared.flow

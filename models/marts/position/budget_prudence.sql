-- Two municipalities with one and the same total of expenses and of revenue in a report have the
-- figures of one of them.
with

deliveries as (

    select
        *,
        expenses_keur is not null
        and count(*) over (partition by fiscal_year, report, expenses_keur, revenue_keur) > 1
            as is_doubled
    from {{ ref('iv3_deliveries') }}
    where report in ('budget', 'accounts')

),

years as (

    select
        municipality_code,
        fiscal_year,
        any_value(municipality_name) as municipality_name,
        -any_value(net_cost_keur) filter (where report = 'budget') as budgeted_keur,
        -any_value(net_cost_keur) filter (where report = 'accounts') as realised_keur,
        any_value(inhabitants) filter (where report = 'accounts') as inhabitants,
        any_value(value_status) filter (where report = 'budget') as budget_status,
        any_value(value_status) filter (where report = 'accounts') as accounts_status,
        bool_or(is_doubled) as is_doubled
    from deliveries
    group by municipality_code, fiscal_year
    having count(*) = 2

),

compared as (

    select
        *,
        if(is_doubled, null, realised_keur - budgeted_keur) as difference_keur
    from years

)

select
    compared.municipality_code,
    compared.fiscal_year,
    compared.municipality_name,
    cast(compared.budgeted_keur as decimal(18, 3)) as budgeted_balance_keur,
    cast(compared.realised_keur as decimal(18, 3)) as realised_balance_keur,
    cast(compared.difference_keur as decimal(18, 3)) as difference_keur,
    compared.inhabitants,
    {{ eur_per_inhabitant('compared.difference_keur', 'compared.inhabitants') }}
        as difference_eur_per_inhabitant,
    cast(count(compared.difference_keur) over municipality as integer) as years_n,
    cast(count(*) filter (where compared.difference_keur > 0) over municipality as integer)
        as years_better_n,
    cast(sum(compared.difference_keur) over municipality as decimal(18, 3))
        as difference_all_years_keur,
    if(
        compared.is_doubled,
        'not_recomputable',
        {{ status_of_both('compared.accounts_status', 'compared.budget_status') }}
    ) as value_status
from compared
window municipality as (partition by compared.municipality_code)
order by compared.municipality_code, compared.fiscal_year

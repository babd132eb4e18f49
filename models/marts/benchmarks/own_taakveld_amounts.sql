-- What municipalities deliver themselves, beside what CBS has: it fills where CBS has no figure of
-- that budget or accounts, and never replaces one. Iv3 is in whole thousands: half of one is no
-- difference.
with

own as (

    select * from {{ ref('stg_accounts__taakveld_amounts') }}

),

iv3 as (

    select * from {{ ref('taakveld_spending') }}

),

documents as (

    select distinct
        name,
        sha256
    from {{ ref('stg_accounts__own_documents') }}

),

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

statements as (

    select
        municipality_code,
        fiscal_year,
        report,
        count(expenses_keur) as figures_n
    from iv3
    group by municipality_code, fiscal_year, report

),

compared as (

    select
        own.*,
        iv3.expenses_keur as iv3_expenses_keur,
        iv3.revenue_keur as iv3_revenue_keur,
        own.expenses_keur - iv3.expenses_keur as expenses_difference_keur,
        own.revenue_keur - iv3.revenue_keur as revenue_difference_keur,
        coalesce(statements.figures_n, 0) as figures_n
    from own
    left join iv3
        on
            own.municipality_code = iv3.municipality_code
            and own.fiscal_year = iv3.fiscal_year
            and own.report = iv3.report
            and own.taakveld_code = iv3.taakveld_code
    left join statements
        on
            own.municipality_code = statements.municipality_code
            and own.fiscal_year = statements.fiscal_year
            and own.report = statements.report

)

select
    compared.municipality_code,
    compared.fiscal_year,
    compared.report,
    compared.taakveld_code,
    municipalities.municipality_name,
    taakvelden.taakveld_name,
    compared.expenses_keur,
    compared.revenue_keur,
    compared.iv3_expenses_keur,
    compared.iv3_revenue_keur,
    cast(compared.expenses_difference_keur as decimal(18, 3)) as expenses_difference_keur,
    cast(compared.revenue_difference_keur as decimal(18, 3)) as revenue_difference_keur,
    case
        when compared.figures_n = 0 then 'fills'
        when compared.iv3_expenses_keur is null and compared.iv3_revenue_keur is null
            then 'not_comparable'
        when
            greatest(
                abs(coalesce(compared.expenses_difference_keur, 0)),
                abs(coalesce(compared.revenue_difference_keur, 0))
            ) > 0.5
            then 'contradiction'
        else 'agrees'
    end as standing,
    compared.value_status,
    compared.source_document,
    compared.source_line,
    documents.sha256 as source_sha256
from compared
left join municipalities on compared.municipality_code = municipalities.municipality_code
left join taakvelden
    on
        compared.taakveld_code = taakvelden.taakveld_code
        and compared.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join documents on compared.source_document = documents.name
order by
    compared.municipality_code, compared.fiscal_year, compared.report, compared.taakveld_code

-- question: Wat begrootte en besteedde een gemeente elk jaar in het sociaal domein?
-- reading: Hoofdtaakveld 6 van Iv3 (onbewerkt), x € 1.000; de begroting is die van vóór het jaar. Leeg is niet aangeleverd of niet gepubliceerd.
-- municipality: needed
-- year: every
-- label budget_keur: Lasten, primitieve begroting (Iv3), x € 1.000
-- label accounts_keur: Lasten, jaarrekening (Iv3), x € 1.000
-- label above_budget_keur: Lasten boven de begroting (min is eronder), x € 1.000
-- label accounts_eur_per_inhabitant: Lasten per inwoner, jaarrekening, in euro
with reports as (
    select
        municipality_name,
        fiscal_year,
        report,
        any_value(inhabitants) as inhabitants,
        if(
            count(*) filter (value_status in ('not_reported', 'not_applicable')) = 0,
            sum(expenses_keur),
            null
        ) as expenses_keur
    from marts.taakveld_spending
    where
        list_contains($municipality, municipality_code)
        and main_taakveld_code = '6'
        and fiscal_year = coalesce($year, fiscal_year)
    group by municipality_code, municipality_name, fiscal_year, report
)

select
    fiscal_year,
    municipality_name,
    max(expenses_keur) filter (report = 'budget') as budget_keur,
    max(expenses_keur) filter (report = 'accounts') as accounts_keur,
    accounts_keur - budget_keur as above_budget_keur,
    cast(accounts_keur * 1000 / max(inhabitants) as decimal(18, 2)) as accounts_eur_per_inhabitant
from reports
group by municipality_name, fiscal_year
order by municipality_name, fiscal_year

-- question: Wat begrootte en besteedde een gemeente per taakveld?
-- reading: Lasten in Iv3 (onbewerkt), x € 1.000; de begroting is die van vóór het jaar. Wat een van beide alleen als som kent, staat als som. Leeg is niet aangeleverd of niet gepubliceerd. Reserves (0.10) en het resultaat (0.11) tellen niet mee.
-- municipality: needed
-- year: needed
-- label budget_keur: Lasten, primitieve begroting (Iv3), x € 1.000
-- label accounts_keur: Lasten, jaarrekening (Iv3), x € 1.000
-- label above_budget_keur: Lasten boven de begroting (min is eronder), x € 1.000
with booked as (
    select
        *,
        -- A part of what the budget or the accounts know as a sum alone counts with that sum.
        coalesce(
            max(known_within) over (partition by municipality_code, taakveld_code), taakveld_code
        ) as code
    from marts.taakveld_spending
    where
        list_contains($municipality, municipality_code)
        and fiscal_year = $year
        and report in ('budget', 'accounts')
        and taakveld_code not in ('0.10', '0.11')
),

reports as (
    select
        municipality_name,
        report,
        code,
        max(taakveld_name) filter (taakveld_code = code) as taakveld_name,
        sum(expenses_keur) as expenses_keur
    from booked
    group by municipality_code, municipality_name, report, code
),

codes as (
    select
        municipality_name,
        code as taakveld_code,
        max(taakveld_name) as taakveld_name,
        max(expenses_keur) filter (report = 'budget') as budget_keur,
        max(expenses_keur) filter (report = 'accounts') as accounts_keur
    from reports
    group by municipality_name, code
    having max(abs(expenses_keur)) > 0
    union all
    select
        municipality_name,
        'totaal' as taakveld_code,
        'Alle taakvelden, zonder reserves en resultaat' as taakveld_name,
        sum(expenses_keur) filter (report = 'budget') as budget_keur,
        sum(expenses_keur) filter (report = 'accounts') as accounts_keur
    from reports
    group by municipality_name
)

select
    municipality_name,
    taakveld_code,
    taakveld_name,
    budget_keur,
    accounts_keur,
    accounts_keur - budget_keur as above_budget_keur
from codes
order by municipality_name, taakveld_code

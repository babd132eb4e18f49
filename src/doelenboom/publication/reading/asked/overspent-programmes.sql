-- question: Welke programma's gaven meer uit dan hun begroting na wijziging?
-- reading: Bedragen x € 1.000. Elk opgenomen programma staat erin, ook wie binnen zijn begroting bleef (is_overspent false); een min is minder uitgegeven. Andere jaren en programma's zijn niet opgenomen.
-- municipality: every
-- year: every
-- label budget_keur: Lasten, begroting na wijziging, x € 1.000
-- label actual_keur: Lasten, realisatie, x € 1.000
-- label above_budget_keur: Lasten boven de begroting (min is eronder), x € 1.000
-- label is_overspent: Meer uitgegeven dan begroot na wijziging
select
    fiscal_year,
    municipality_name,
    programme_name,
    expenses_final_budget_keur as budget_keur,
    expenses_actual_keur as actual_keur,
    -expenses_variance_keur as above_budget_keur,
    expenses_variance_keur < 0 as is_overspent
from marts.programme_results
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
order by above_budget_keur desc

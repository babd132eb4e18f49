-- question: Wat wilde een programma, wat deed het, en wat kostte het?
-- reading: Bedragen x € 1.000, zoals gedrukt; saldo na reserves als kosten, een verschil met plus is een voordeel. Elk programma van elke opgenomen jaarstukken.
-- municipality: every
-- year: every
-- label budget_keur: Saldo na reserves als kosten, begroting na wijziging, x € 1.000
-- label actual_keur: Saldo na reserves als kosten, realisatie, x € 1.000
-- label variance_keur: Verschil t.o.v. begroting na wijziging (+ voordeel, - nadeel), x € 1.000
-- label explained_keur: Verklaard verschil, per saldo (+ voordeel, - nadeel), x € 1.000
select
    fiscal_year,
    municipality_name,
    programme_name,
    net_cost_after_reserves_final_budget_keur as budget_keur,
    net_cost_after_reserves_actual_keur as actual_keur,
    net_cost_after_reserves_variance_keur as variance_keur,
    explained_variance_keur as explained_keur,
    indicators_own,
    indicators_met,
    indicators_missed,
    indicators_undecided,
    indicators_without_verdict,
    action_points_total,
    action_points_carried_over
from marts.programme_results
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
order by municipality_name, fiscal_year, programme_code

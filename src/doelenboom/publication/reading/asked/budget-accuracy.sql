-- question: Hoe goed zijn de begrotingen van een gemeente, naast die van andere gemeenten?
-- reading: Lasten in Iv3 (onbewerkt), x € 1.000; de begroting is die van vóór het jaar, zodat ook telt wat een raad daarna besloot. De mediaan is die van peers_n andere gemeenten, van wie peers_over_n erboven uitkwamen.
-- municipality: needed
-- cluster: jeugd
-- year: every
select
    fiscal_year,
    municipality_name,
    subject_name,
    budget_keur,
    accounts_keur,
    difference_pct,
    peer_median_pct,
    peers_over_n,
    peers_n,
    pattern,
    value_status
from marts.budget_accuracy
where
    list_contains($municipality, municipality_code)
    and subject_kind = 'cluster'
    and subject_code = $cluster
    and fiscal_year = coalesce($year, fiscal_year)
order by municipality_name, fiscal_year

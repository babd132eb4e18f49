-- question: Welke waarden van een gemeente liggen ver buiten die van andere gemeenten?
-- reading: Meer dan drie kwartielafstanden buiten de kwartielen van alle andere gemeenten: een reden om te vragen waarom, geen fout.
-- municipality: needed
-- report: accounts
-- year: every
-- label measured: Waarde van de gemeente
select
    fiscal_year,
    municipality_name,
    measure_name,
    unit,
    cast(value as decimal(18, 2)) as measured,
    cast(peer_median as decimal(18, 2)) as peer_median,
    cast(interquartile_ranges as decimal(18, 1)) as interquartile_ranges,
    comparability
from marts.peer_outliers
where
    list_contains($municipality, municipality_code)
    and report = $report
    and peer_group_code = 'all'
    and boundary = 'as_reported'
    and fiscal_year = coalesce($year, fiscal_year)
order by municipality_name asc, fiscal_year asc, abs(interquartile_ranges) desc, measure_code asc

-- question: Welke cijfers van een gemeente ontbreken, en waarom?
-- reading: Wat niet of niet geheel is opgenomen, met wat ertegen te doen is. Wat er niet bij staat is er, voor de jaren waarin de gemeente bestond.
-- municipality: needed
-- year: every
-- label first_year: Eerste jaar
-- label last_year: Laatste jaar
-- label years: Aantal jaren
select
    municipality_name,
    dataset,
    report,
    level,
    status,
    min(fiscal_year) as first_year,
    max(fiscal_year) as last_year,
    count(*) as years,
    reason
from marts.coverage
where
    list_contains($municipality, municipality_code)
    and status != 'complete'
    and fiscal_year = coalesce($year, fiscal_year)
group by municipality_code, municipality_name, dataset, report, level, status, reason
order by municipality_name, dataset, report, level, first_year

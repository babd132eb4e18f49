-- question: Welke streefwaarden zijn niet gehaald?
-- reading: Eigen indicatoren van programma's, met de regel van het document. Zonder bekende foutmarge is niet zeker dat een klein verschil iets zegt.
-- municipality: every
-- year: every
select
    fiscal_year,
    municipality_name,
    programme_name,
    indicator_name,
    score,
    target,
    unit,
    verdict_label,
    source_document,
    source_line
from marts.indicator_results
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
    and verdict = 'missed'
order by municipality_name, fiscal_year, programme_code, indicator_code

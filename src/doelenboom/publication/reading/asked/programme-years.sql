-- question: Wat begrootte en besteedde een gemeente per programma over meer jaren?
-- reading: Bedragen x € 1.000, zoals gedrukt in een begroting of jaarrekening (document_type, fiscal_year); lasten en toevoegingen zijn positief, baten en onttrekkingen ook. Van een begroting met phase_basis not_stated zegt het stuk niet of zij die van vóór of na wijziging is.
-- municipality: every
-- year: every
select
    municipality_name,
    document_type,
    fiscal_year,
    programme_name,
    line_item,
    flow,
    amount_year,
    phase,
    phase_basis,
    amount_keur,
    source_document,
    source_line
from marts.programme_budget_years
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and amount_year = coalesce($year, amount_year)
order by
    municipality_name, fiscal_year, programme_code, line_item, flow, amount_year

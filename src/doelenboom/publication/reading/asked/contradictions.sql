-- question: Waar spreken documenten zichzelf tegen, of sluiten cijfers niet aan?
-- reading: Bovenaan wat zichzelf tegenspreekt, daaronder wat een andere reden heeft. Wat links en rechts staat hoort bij elkaar; de regels zijn die van het document. Niet aansluitend op basis van dit document, niet meer dan dat.
-- municipality: every
-- year: every
select
    fiscal_year,
    municipality_name,
    programme_name,
    subject,
    status_label,
    coalesce(left_keur, left_value) as left_value,
    coalesce(right_keur, right_value) as right_value,
    if(left_keur is null, unit, 'x € 1.000') as unit,
    explanation,
    source_document,
    source_lines
from marts.reconciliation
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
    and status not in ('holds', 'rounding', 'bridged')
order by
    status not in ('contradiction', 'not_reconciled'),
    municipality_name,
    fiscal_year,
    identity,
    subject

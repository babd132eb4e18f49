-- question: Hoe verliepen de reserves van een gemeente?
-- reading: Bedragen x € 1.000, zoals gedrukt in de staat van reserves; onttrokken is positief. De eindstand is beginstand plus rente en toevoeging min onttrekking, op afronding na. Andere reserves dan deze zijn niet opgenomen.
-- municipality: every
-- year: every
select
    fiscal_year,
    municipality_name,
    programme_name,
    reserve_name,
    opening_keur,
    interest_keur,
    added_keur,
    withdrawn_keur,
    closing_keur,
    source_document,
    source_line
from marts.reserve_movements
where
    list_contains(coalesce($municipality, [municipality_code]), municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
order by municipality_name, fiscal_year, programme_code, reserve_name

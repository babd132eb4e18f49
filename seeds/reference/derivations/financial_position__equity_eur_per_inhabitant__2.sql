select
    municipality_code,
    fiscal_year,
    equity_eur_per_inhabitant as value
from marts.financial_position
where municipality_code = $municipality_code and fiscal_year in ($fiscal_year - 1, $fiscal_year)
order by fiscal_year

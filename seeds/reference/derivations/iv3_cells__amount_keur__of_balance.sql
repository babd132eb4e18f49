select
    c.municipality_code,
    c.fiscal_year,
    c.report,
    c.taakveld_code,
    c.category_code,
    c.amount_keur as value,
    p.code as subject_code
from marts.iv3_cells as c
inner join marts.code_lists as p on starts_with(c.taakveld_code, p.code)
where
    c.municipality_code = $municipality_code
    and c.fiscal_year = $fiscal_year
    and c.report = 'accounts'
    and c.category_code = 'Ultimo'
    and p.list_name = 'balance_post'
order by c.taakveld_code

-- Offenders: products and flows whose parts do not add up to the product, to the last digit.
select
    municipality_code,
    fiscal_year,
    programme_code,
    product_name,
    flow,
    sum(allocated_keur) as allocated_keur,
    max(product_keur) as product_keur
from {{ ref('programme_taakveld_bridge') }}
group by municipality_code, fiscal_year, programme_code, product_name, flow
having sum(allocated_keur) != max(product_keur) or min(product_keur) != max(product_keur)

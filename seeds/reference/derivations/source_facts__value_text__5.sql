select
    source,
    variable,
    value_text as value
from marts.source_facts
where
    dataset = 'product_taakvelden'
    and municipality_code = $municipality_code
    and period = cast($fiscal_year as varchar)
    and subject_code = concat_ws('/', $programme_code, $product_name, $taakveld_code)

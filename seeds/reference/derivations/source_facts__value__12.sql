select
    source,
    variable,
    value,
    value_text as unit
from marts.source_facts
where
    dataset = 'statutory_values'
    and subject_code = $measure_code
    and starts_with(period, concat($fiscal_year, ' '))
    and not contains(period, 'streefwaarde')
    and not contains(period, 'aangenomen')
    and ends_with(period, ' begroting') = ($report = 'budget')
    and (
        ($boundary = 'as_reported' and municipality_code = $municipality_code)
        or ($boundary = 'current' and municipality_code in (
            select w.municipality_code from marts.boundary_weights as w
            where
                w.to_year = 9999
                and w.from_year = $fiscal_year
                and w.successor_code = $municipality_code
        ))
    )
order by source_line

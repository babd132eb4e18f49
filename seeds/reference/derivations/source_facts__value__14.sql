select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'financial_ratios'
    and concat('ratio_', subject_code) = $measure_code
    and period = cast($fiscal_year as varchar)
    and (value_text = 'actual') = ($report = 'accounts')
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

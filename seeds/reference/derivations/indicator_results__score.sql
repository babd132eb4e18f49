select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    score as value,
    unit
from marts.indicator_results
where
    indicator_kind = 'statutory'
    and indicator_code = $measure_code
    and score_year = $fiscal_year
    and $report = 'accounts'
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
order by all

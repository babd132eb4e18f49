select
    event_code,
    taakveld_code,
    event_code as value
from marts.national_events
where
    taakveld_code = (
        select subject_code from marts.dim_indicator
        where indicator_code = $measure_code
    )
    and $fiscal_year between year(valid_from) and coalesce(year(valid_to), 9999)
order by event_code

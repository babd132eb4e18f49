select
    measure_code,
    report,
    fiscal_year,
    class_no,
    lowest_value,
    highest_value,
    municipalities_n
from marts.map_classes
order by measure_code, report, fiscal_year, class_no

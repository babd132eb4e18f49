{% test stored_once(model) %}

select
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    peer_group_code,
    count(*) as row_count
from {{ model }}
group by municipality_code, fiscal_year, report, measure_code, peer_group_code
having count(*) > if(bool_or(boundary = 'both'), 1, count(distinct boundary))

{% endtest %}

{% test every_end_has_a_successor(model, municipalities) %}

select
    coalesce(ended.municipality_code, changes.predecessor_code) as municipality_code,
    ended.valid_to,
    changes.effective_date,
    changes.successor_code
from (select * from {{ municipalities }} where valid_to is not null) as ended
full join {{ model }} as changes
    on
        ended.municipality_code = changes.predecessor_code
        and ended.valid_to + 1 = changes.effective_date
left join {{ municipalities }} as successors
    on
        changes.successor_code = successors.municipality_code
        and changes.effective_date
        between successors.valid_from and coalesce(successors.valid_to, date '9999-12-31')
where
    ended.municipality_code is null
    or changes.predecessor_code is null
    or successors.municipality_code is null

{% endtest %}

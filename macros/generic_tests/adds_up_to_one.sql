{% test adds_up_to_one(model, key, weight) %}

select
    {{ key }},
    sum({{ weight }}) as weights_total
from {{ model }}
group by {{ key }}
having sum({{ weight }}) != 1 or min({{ weight }}) < 0 or count({{ weight }}) < count(*)

{% endtest %}

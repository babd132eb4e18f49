{% test no_overlapping_periods(model, key) %}

select *
from (
    select
        *,
        lag(coalesce(valid_to, date '9999-12-31')) over (
            partition by {{ key }} order by valid_from
        ) as previous_valid_to
    from {{ model }}
) as periods
where previous_valid_to >= valid_from or valid_to < valid_from

{% endtest %}

{#- Offenders: rows whose period of validity starts before the one before it, of the same key, has
    ended, or ends before it starts. An open end counts as never. -#}
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

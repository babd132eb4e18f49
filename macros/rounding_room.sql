{#- How far rounding alone can put a printed figure from its amount: half of its last digit, more
    where its hedge says so (seeds/reference/rounding.csv). Identities add up that of their
    figures: 1.5 units for a subtraction in whole units, (n + 1) / 2 for a sum of n rows. -#}
{% macro rounding_room(last_digit, hedge='null') -%}
    cast(
        ({{ last_digit }}) * case coalesce({{ hedge }}, '')
        {%- for known, digits in reference_rows('rounding', "coalesce(hedge, ''), last_digits") %}
            when '{{ known }}' then {{ digits }}
        {%- endfor %}
        end as decimal(18, 3)
    )
{%- endmacro %}

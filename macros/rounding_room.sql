{% macro rounding_room(last_digit, hedge='null') -%}
    cast(
        ({{ last_digit }}) * case coalesce({{ hedge }}, '')
        {%- for known, digits in reference_rows('rounding', "coalesce(hedge, ''), last_digits") %}
            when '{{ known | replace("'", "''") }}' then {{ digits }}
        {%- endfor %}
        end as decimal(18, 3)
    )
{%- endmacro %}

{% macro hedges_that_bound(bound) -%}
    {%- for (hedge,) in reference_rows('rounding', 'hedge', "bound = '" ~ bound ~ "'") -%}
        '{{ hedge | replace("'", "''") }}'
        {%- if not loop.last %}, {% endif %}
    {%- endfor %}
{%- endmacro %}

{#- A nice step as one of the words that an ENUM can hold: all there are in DECIMAL(18, 6). -#}
{% macro step_word(step) -%}
    {%- set words = [] -%}
    {%- for ten in range(-6, 12) -%}
        {%- for factor in [1, 2, 2.5, 5] -%}
            {%- do words.append("'" ~ '%.6f' % (factor * 10 ** ten) ~ "'") -%}
        {%- endfor -%}
    {%- endfor -%}
    cast(
        cast(cast({{ step }} as decimal(18, 6)) as varchar)
        as enum({{ words | unique | join(', ') }})
    )
{%- endmacro %}

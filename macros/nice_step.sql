{% macro nice_step(low, high) -%}
    {%- set span = 'if(' ~ high ~ ' > ' ~ low ~ ', ' ~ high ~ ' - ' ~ low
        ~ ', greatest(abs(' ~ high ~ '), 1))' -%}
    {%- set rough = '(cast(' ~ span ~ ' as double) / 5)' -%}
    {%- set ten = 'pow(10, floor(log10(' ~ rough ~ ')))' -%}
    {{ ten }} * case
        {%- for factor in [1, 2, 2.5, 5] %}
        when {{ rough }} <= {{ ten }} * {{ factor }} then {{ factor }}
        {%- endfor %}
        else 10
    end
{%- endmacro %}

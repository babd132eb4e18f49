{% macro reference_rows(name, columns, where='true') -%}
    {%- if execute -%}
        {%- set found = run_query(
            'select ' ~ columns ~ " from read_csv('seeds/reference/" ~ name
            ~ ".csv', all_varchar = true, header = true, parallel = false) where " ~ where
        ) -%}
        {{ return(found.rows) }}
    {%- else -%}
        {{ return([]) }}
    {%- endif -%}
{%- endmacro %}

{% macro codes_of(code_list) -%}
    {%- set rows = reference_rows('codes', 'code', "code_list = '" ~ code_list ~ "'") -%}
    {%- if execute and not rows -%}
        {{ exceptions.raise_compiler_error('reference/codes.csv has no list ' ~ code_list) }}
    {%- endif -%}
    {{ return(rows | map(attribute=0) | list) }}
{%- endmacro %}

{% macro quoted_codes(code_list) -%}
    '{{ codes_of(code_list) | map("replace", "'", "''") | join("', '") }}'
{%- endmacro %}

{% macro label_nl(code_list, code) -%}
    case {{ code }}
    {%- for known, label in reference_rows(
        'codes', 'code, label_nl', "code_list = '" ~ code_list ~ "'"
    ) %}
        when '{{ known | replace("'", "''") }}' then '{{ label | replace("'", "''") }}'
    {%- endfor %}
        when '' then null
    end
{%- endmacro %}

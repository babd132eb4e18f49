{#- Reasons differ by one percentage mostly: apart from it there are few wordings of them. -#}
{% macro percentage_pattern() -%} '\b([1-9][0-9]{0,2}) %' {%- endmacro %}

{% macro first_percentage(reasons) -%}
    coalesce(
        try_cast(regexp_extract({{ reasons }}, {{ percentage_pattern() }}, 1) as smallint), 0
    )
{%- endmacro %}

{% macro without_percentage(reasons) -%}
    regexp_replace({{ reasons }}, {{ percentage_pattern() }}, '{} %')
{%- endmacro %}

{% macro with_percentage(wording, percentage) -%}
    replace(cast({{ wording }} as varchar), '{}', cast({{ percentage }} as varchar))
{%- endmacro %}

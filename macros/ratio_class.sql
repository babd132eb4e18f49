{% macro ratio_class(value) -%}
    case
        when {{ value }} is null then null
        when norms.better = 'lower' and {{ value }} < norms.norm_low then 'A'
        when norms.better = 'lower' and {{ value }} > norms.norm_high then 'C'
        when norms.better = 'higher' and {{ value }} > norms.norm_high then 'A'
        when norms.better = 'higher' and {{ value }} < norms.norm_low then 'C'
        else 'B'
    end
{%- endmacro %}

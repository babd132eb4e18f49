{% macro amount_nl(keur) -%}
    {%- set size = 'abs(' ~ keur ~ ')' -%}
    if(
        {{ size }} >= 950,
        concat(
            translate(format('{:,.1f}', cast(round({{ size }} / 1000, 1) as double)), ',.', '.,'),
            ' miljoen euro'
        ),
        concat({{ number_nl('round(' ~ size ~ ')') }}, ' duizend euro')
    )
{%- endmacro %}

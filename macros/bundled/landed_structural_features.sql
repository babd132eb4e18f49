{% macro landed_structural_features() -%}
    {%- set features = [
        ('inhabitants', 'inwoners', 1), ('aged_0_14', 'inwoners', 1),
        ('aged_15_24', 'inwoners', 1), ('aged_25_44', 'inwoners', 1),
        ('aged_45_64', 'inwoners', 1), ('aged_65_plus', 'inwoners', 1),
        ('households', 'huishoudens', 1), ('average_household_size', 'personen', 0.1),
        ('population_density', 'inwoners per km²', 1), ('land_area_ha', 'ha', 1),
        ('address_density', 'adressen per km²', 1),
        ('urbanity', 'klasse 1 (zeer sterk) tot 5 (niet)', 1),
        ('social_assistance_recipients', 'personen', 10),
    ] -%}
    {%- for feature, unit, rounded_to in features %}
    select
        municipality_code,
        '{{ feature }}' as feature,
        reference_year as period,
        cast({{ feature }} as decimal(18, 3)) as value,
        cast(null as varchar) as value_text,
        '{{ unit }}' as unit,
        cast({{ rounded_to }} as decimal(18, 3)) as rounded_to,
        concat('CBS, Kerncijfers wijken en buurten ', reference_year) as source,
        source_table as cbs_table
    from {{ ref('stg_cbs__key_figures') }}
    where region_kind = 'Gemeente' and {{ feature }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

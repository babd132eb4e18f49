{#- Facts of national sources, one entry per kind: dataset, variable, the model that reads it, and
    SQL for municipality, subject, period, value, value as text, status and printed origin. `source`
    is the file and line, or raw file, delivery, page and line, as other marts name it. -#}
{%- set bundled = [
    ('iv3_amounts', 'expenses_keur', 'stg_benchmarks__iv3_amounts', 'municipality_code',
        'taakveld_code', 'cbs_period', 'expenses_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_amounts', 'revenue_keur', 'stg_benchmarks__iv3_amounts', 'municipality_code',
        'taakveld_code', 'cbs_period', 'revenue_keur', 'null', 'revenue_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'expenses_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'expenses_keur', 'null', 'value_status', "'CBS ' || cbs_table"),
    ('iv3_totals', 'revenue_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'revenue_keur', 'null', 'value_status', "'CBS ' || cbs_table"),
    ('iv3_totals', 'transfer_to_reserves_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'transfer_to_reserves_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'transfer_from_reserves_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'transfer_from_reserves_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'wages_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'wages_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'hired_staff_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'hired_staff_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'joint_arrangements_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'joint_arrangements_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'local_levies_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'local_levies_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'general_grant_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'general_grant_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_totals', 'specific_grants_keur', 'stg_benchmarks__iv3_totals', 'municipality_code',
        "'total'", 'cbs_period', 'specific_grants_keur', 'null', 'value_status',
        "'CBS ' || cbs_table"),
    ('iv3_balance', 'amount_keur', 'stg_benchmarks__iv3_balance', 'municipality_code',
        'post_group', 'cbs_period', 'amount_keur', 'null', "'reported'", "'CBS ' || cbs_table"),
    ('population_aged_0_17', 'inhabitants_aged_0_17', 'stg_benchmarks__population_aged_0_17',
        'municipality_code', 'null', 'year(reference_date)', 'inhabitants_aged_0_17', 'null',
        'value_status', 'source'),
    ('structural_features', 'value', 'stg_benchmarks__structural_features', 'municipality_code',
        'feature', 'reference_year', 'value', 'value_text',
        "if(value is null, 'not_published', 'reported')", 'source'),
    ('statutory_values', 'value', 'stg_benchmarks__statutory_values', 'area_code',
        'indicator_code', "concat_ws(' ', fiscal_year, kind)", 'value', 'unit', 'value_status',
        'address'),
    ('financial_ratios', 'value', 'stg_benchmarks__financial_ratios', 'municipality_code',
        'ratio_code', 'figure_year', 'value', 'figure_kind', 'value_status', 'source'),
    ('fund_allocation', 'amount_eur', 'stg_benchmarks__fund_allocation', 'municipality_code',
        'fund_cluster_code', "concat_ws(' ', circular, fiscal_year)", 'amount_eur', 'null',
        "'reported'", "concat('BZK, gemeentefonds, GF_', circular, '_', fiscal_year, '.csv')"),
    ('fund_totals', 'amount_eur', 'stg_benchmarks__fund_totals', 'null', 'fund_cluster_code',
        "concat_ws(' ', circular, fiscal_year)", 'amount_eur', 'null', "'reported'", 'source'),
] -%}
{%- set reference = [
    ('boundary_changes', 'weight', 'stg_reference__boundary_changes', 'predecessor_code',
        'successor_code', 'effective_date', 'weight', 'weight_basis', 'source'),
    ('financial_ratio_definitions', 'plausible_from', 'stg_reference__financial_ratio_definitions',
        'null', 'ratio_code', 'null', 'plausible_from', 'null', 'source'),
    ('financial_ratio_definitions', 'plausible_to', 'stg_reference__financial_ratio_definitions',
        'null', 'ratio_code', 'null', 'plausible_to', 'null', 'source'),
    ('ratio_norms', 'norm_low', 'stg_reference__ratio_norms', 'null', 'ratio_code', 'norm_year',
        'norm_low', 'better', 'source'),
    ('ratio_norms', 'norm_high', 'stg_reference__ratio_norms', 'null', 'ratio_code', 'norm_year',
        'norm_high', 'better', 'source'),
    ('fund_circulars', 'payment_factor', 'stg_reference__fund_circulars', 'null', 'circular',
        'fiscal_year', 'payment_factor', 'contents', 'source'),
    ('programme_lineage', 'weight', 'stg_reference__programme_lineage', 'municipality_code',
        "concat_ws('/', predecessor_name, successor_name)",
        "concat_ws(' ', predecessor_first_year, successor_first_year)", 'weight', 'weight_basis',
        'source'),
    ('municipality_regions', 'centre_code', 'stg_reference__municipality_regions',
        'municipality_code', 'region_kind', 'division_year', 'null', 'centre_code', 'source'),
    ('peer_features', 'weight', 'stg_reference__peer_features', 'null', 'feature', 'null',
        'weight', 'scale', "'seeds/reference/peer_features.csv'"),
    ('product_taakvelden', 'weight', 'stg_reference__product_taakvelden', 'municipality_code',
        "concat_ws('/', programme_code, product_name, taakveld_code)", 'fiscal_year', 'weight',
        'weight_basis', 'source'),
    ('statutory_units', 'factor', 'stg_reference__statutory_units', 'null', 'indicator_code',
        'null', 'factor', 'unit_printed', "'seeds/reference/statutory_units.csv'"),
    ('structure_classes', 'social_structure', 'stg_reference__structure_classes',
        'municipality_code', 'null', 'division_year', 'null', 'social_structure', 'source'),
    ('structure_classes', 'centre_function', 'stg_reference__structure_classes',
        'municipality_code', 'null', 'division_year', 'null', 'centre_function', 'source'),
] -%}
{%- set in_csv = ['fund_totals', 'statutory_values'] -%}
{%- set features = [
    'inhabitants', 'address_density', 'aged_0_14', 'aged_65_plus', 'social_assistance_recipients',
] -%}
with

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

prices as (

    select * from {{ ref('int_prices__published') }}

),

key_figures as (

    select * from {{ ref('stg_cbs__key_figures') }}
    where region_kind = 'Gemeente'

),

facts as (

    select
        inhabitants_source as source,
        'inhabitants' as variable,
        'population' as dataset,
        municipality_code,
        cast(null as varchar) as subject_code,
        cast(fiscal_year as varchar) as period,
        inhabitants as value,
        cast(null as varchar) as value_text,
        'reported' as value_status,
        source_document
    from population
    union all
    select
        price_index_source as source,
        'price_index' as variable,
        'cpi' as dataset,
        cast(null as varchar) as municipality_code,
        cast(null as varchar) as subject_code,
        cast(price_year as varchar) as period,
        price_index as value,
        concat(price_base_year, ' = 100') as value_text,
        value_status,
        source as source_document
    from prices
    {%- for feature in features %}
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        '{{ feature }}' as variable,
        'key_figures' as dataset,
        municipality_code,
        '{{ feature }}' as subject_code,
        cast(reference_year as varchar) as period,
        {{ feature }} as value,
        cast(null as varchar) as value_text,
        if({{ feature }} is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    {%- endfor %}
    {%- for dataset, variable, model, municipality, subject, period, value, text, status, document
        in bundled %}
    union all
    select
        {%- set suffix = 'csv' if dataset in in_csv else 'parquet' %}
        concat('seeds/benchmarks/{{ dataset }}.{{ suffix }}:', seed_line) as source,
        '{{ variable }}' as variable,
        '{{ dataset }}' as dataset,
        {{ municipality }} as municipality_code,
        cast({{ subject }} as varchar) as subject_code,
        cast({{ period }} as varchar) as period,
        {{ value }} as value,
        cast({{ text }} as varchar) as value_text,
        {{ status }} as value_status,
        {{ document }} as source_document
    from {{ ref(model) }}
    {%- endfor %}
    {%- for dataset, variable, model, municipality, subject, period, value, text, document
        in reference %}
    union all
    select
        concat('seeds/reference/{{ dataset }}.csv:', seed_line) as source,
        '{{ variable }}' as variable,
        '{{ dataset }}' as dataset,
        cast({{ municipality }} as varchar) as municipality_code,
        cast({{ subject }} as varchar) as subject_code,
        cast({{ period }} as varchar) as period,
        {{ value }} as value,
        cast({{ text }} as varchar) as value_text,
        if({{ value }} is null and {{ text }} is null, 'not_applicable', 'reported')
            as value_status,
        {{ document }} as source_document
    from {{ ref(model) }}
    {%- endfor %}

),

split as (

    select
        *,
        string_split(source, ':') as source_parts
    from facts

)

select
    variable,
    dataset,
    municipality_code,
    subject_code,
    period,
    cast(value as decimal(18, 6)) as value,
    value_text,
    value_status,
    source_document,
    source_parts[1] as source_path,
    if(len(source_parts) = 4, regexp_extract(source, '([^/]+)[.]parquet:', 1), null)
        as source_table,
    if(len(source_parts) = 4, source_parts[2], null) as source_delivery,
    if(len(source_parts) = 4, source_parts[3], null) as source_page,
    cast(source_parts[-1] as integer) as source_line
from split

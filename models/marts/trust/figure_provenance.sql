{#- Marts whose rows come one to one from a file of the accounts package: mart, file, key columns
    beside the programme's, and the columns that the file does not hold. -#}
{%- set programme_key = ['municipality_code', 'fiscal_year', 'programme_code'] -%}
{%- set names = ['municipality_name', 'programme_name', 'theme_name', 'objective_name'] -%}
{%- set verdicts = [
    'verdict_computed', 'verdicts_agree', 'verdict', 'verdict_basis', 'verdict_label',
    'indicator_kind', 'objective_code_via_theme',
] -%}
{%- set files = [
    ('programme_finance', 'programme_finance', ['line_item', 'flow'], [
        'source_sha256', 'original_budget_status', 'final_budget_status', 'actual_status',
        'variance_status',
    ]),
    ('programme_budget_years', 'budget_years', ['line_item', 'flow', 'amount_year', 'phase'],
        ['document_type', 'source_sha256']),
    ('reserve_movements', 'reserves', ['reserve_name'], ['source_sha256']),
    ('indicator_results', 'indicators', ['indicator_code'],
        verdicts + ['policy_field', 'score_source']),
    ('indicator_results', 'statutory_indicators', ['indicator_code'], verdicts + [
        'objective_code_printed', 'theme_code', 'direction', 'direction_basis', 'continued',
        'measurement_period', 'previous_score', 'target_condition', 'verdict_stated', 'products',
        'change_stated', 'change_source_line',
    ]),
    ('action_points', 'action_points', ['action_code'], []),
    ('variance_explanations', 'variance_explanations', ['explanation_no'],
        ['table_amount_keur', 'difference_keur', 'reconciliation']),
    ('forecasts', 'forecasts', ['stage'], [
        'outturn_keur', 'outturn_budget_basis', 'error_keur', 'forecast_like_for_like_keur',
    ]),
    ('chapter_facts', 'chapter_facts', ['fact_no'], ['reconciles_with']),
    ('chapter_parts', 'chapter_parts', ['part'], []),
] -%}
with

documents as (

    select
        name,
        sha256
    from {{ ref('stg_accounts__documents') }}
    union
    select
        name,
        sha256
    from {{ ref('stg_accounts__own_documents') }}

),

origins as (

    select * from {{ ref('stg_accounts__origins') }}

),

-- Columns that stand in the file as they stand in the mart.
as_printed as (

    {% for mart, file, key, derived in files -%}
    {%- set elsewhere = programme_key + key + names + derived -%}
    {%- set columns = columns_of_model(mart) | reject('in', elsewhere) | list -%}
    select
        '{{ mart }}' as table_name,
        row_key,
        column_name,
        '{{ file }}' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            {{ row_key(programme_key + key) }} as row_key,
            source_document as document,
            source_line as line,
            {%- for column in columns %}
            cast({{ column }} as varchar) as {{ column }},
            {%- endfor %}
            seed_line as file_line
        from {{ ref('stg_accounts__' ~ file) }}
        {%- if file == 'programme_finance' %}
        where not starts_with(flow, 'net_')
        {%- elif file == 'budget_years' %}
        where
            not starts_with(flow, 'net_')
            and not (is_total and programme_code = '{{ whole_document() }}')
        {%- endif %}
    )
    unpivot include nulls (
        input_value for column_name in ({{ columns | join(', ') }})
    )
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

derived as (

    select * from {{ ref('int_trust__derived_inputs') }}

),

-- What belongs to no programme.
own_amounts as (

    select
        'own_taakveld_amounts' as table_name,
        row_key,
        column_name,
        'taakveld_amounts' as file_name,
        seed_line,
        column_name as input_column,
        input_value,
        source_document,
        source_line
    from (
        select
            {{ row_key(['municipality_code', 'fiscal_year', 'report', 'taakveld_code']) }}
                as row_key,
            cast(expenses_keur as varchar) as expenses_keur,
            cast(revenue_keur as varchar) as revenue_keur,
            cast(value_status as varchar) as value_status,
            source_document,
            source_line,
            seed_line
        from {{ ref('stg_accounts__taakveld_amounts') }}
    )
    unpivot include nulls (
        input_value for column_name in (expenses_keur, revenue_keur, value_status)
    )

),

own_members as (

    select
        'peer_group_members' as table_name,
        concat_ws(
            ' ',
            concat('peer_group_code=', peer_group_code),
            concat('fiscal_year=', fiscal_year),
            'boundary=as_reported',
            concat('municipality_code=', member_code)
        ) as row_key,
        'municipality_code' as column_name,
        'peer_groups' as file_name,
        seed_line,
        'member_code' as input_column,
        member_code as input_value,
        source_document,
        source_line
    from {{ ref('stg_accounts__peer_groups') }}
    where member_code != municipality_code

),

unioned as (

    {%- for rows in ['as_printed', 'own_amounts', 'own_members'] %}
    select
        table_name,
        row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from {{ rows }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    union all
    select
        table_name,
        row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from derived

)

select
    unioned.table_name,
    unioned.row_key,
    unioned.column_name,
    cast(
        row_number() over (
            partition by unioned.table_name, unioned.row_key, unioned.column_name
            order by
                unioned.file_name,
                unioned.seed_line,
                unioned.input_column,
                unioned.input_value,
                unioned.source_lines
        ) as integer
    ) as input_no,
    {{ staging_model('unioned.file_name') }} as input_model,
    unioned.input_column,
    unioned.input_value,
    coalesce(origins.seed_path, {{ seed_path('unioned.file_name') }}) as seed_path,
    coalesce(origins.seed_line, unioned.seed_line) as seed_line,
    unioned.source_document,
    coalesce(origins.source_cell, unioned.source_lines) as source_lines,
    documents.sha256 as source_sha256
from unioned
left join origins
    on
        unioned.file_name = origins.file_name
        and unioned.seed_line = origins.file_line
left join documents on unioned.source_document = documents.name
order by unioned.table_name, unioned.row_key, unioned.column_name, input_no

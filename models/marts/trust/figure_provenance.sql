{#- Marts whose rows come one to one from a row of the accounts package: mart, key columns beside
    the programme's, model that holds the row, and its file. -#}
{%- set programme_key = ['municipality_code', 'fiscal_year', 'programme_code'] -%}
{%- set row_marts = [
    ('programme_finance', ['line_item', 'flow'], 'int_accounts__finance_lines', 'seed_name'),
    ('indicator_results', ['indicator_code'], 'int_accounts__indicator_verdicts', 'seed_name'),
    ('action_points', ['action_code'], 'stg_accounts__action_points', "'action_points'"),
    ('variance_explanations', ['explanation_no'], 'stg_accounts__variance_explanations',
        "'variance_explanations'"),
    ('forecasts', ['stage'], 'stg_accounts__forecasts', "'forecasts'"),
    ('chapter_facts', ['fact_no'], 'stg_accounts__chapter_facts', "'chapter_facts'"),
] -%}
with

documents as (

    select * from {{ ref('stg_accounts__documents') }}

),


goal_tree as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

inputs_of_programmes as (

    select * from {{ ref('int_programmes__figure_inputs') }}

),

judged as (

    select * from {{ ref('int_reconciliation__judged') }}

),

package_rows as (

    {% for mart, key, model, seed in row_marts -%}
    select
        '{{ mart }}' as table_name,
        {{ row_key(programme_key + key) }} as row_key,
        '*' as column_name,
        {{ seed }} as file_name,
        '*' as input_column,
        null as input_value,
        seed_line,
        source_document,
        source_line
    from {{ ref(model) }}
    {%- if mart == 'programme_finance' %}
    where flow not in ('net_cost', 'net_reserve_movement', 'net_cost_after_reserves')
    {%- endif %}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- An inner node adds up the products below it; a product is its own row.
goal_tree_nodes as (

    select
        'goal_tree' as table_name,
        'node_id=' || node.node_id as row_key,
        '*' as column_name,
        'goal_tree' as file_name,
        '*' as input_column,
        null as input_value,
        coalesce(product.seed_line, node.seed_line) as seed_line,
        node.source_document,
        coalesce(product.source_line, node.source_line) as source_line
    from goal_tree as node
    left join goal_tree as product
        on product.node_type = 'product' and starts_with(product.node_id, node.node_id || '/')

),

programme_results as (

    select
        'programme_results' as table_name,
        {{ row_key(programme_key) }} as row_key,
        column_name,
        seed_name as file_name,
        input_column,
        input_value,
        seed_line,
        source_document,
        source_line
    from inputs_of_programmes

),

reconciliation as (

    select
        'reconciliation' as table_name,
        {{ row_key(['identity'] + programme_key + ['subject', 'phase']) }} as row_key,
        '*' as column_name,
        seed_name as file_name,
        seed_column as input_column,
        cast(left_value as varchar) as input_value,
        seed_line,
        source_document,
        cast(nullif(regexp_extract(source_lines, '^\d+'), '') as integer) as source_line
    from judged

),

unioned as (

    select * from package_rows
    union all
    select * from goal_tree_nodes
    union all
    select * from programme_results
    union all
    select * from reconciliation

)

select
    unioned.table_name,
    unioned.row_key,
    unioned.column_name,
    cast(
        row_number() over (
            partition by unioned.table_name, unioned.row_key, unioned.column_name
            order by unioned.file_name, unioned.seed_line, unioned.input_column
        ) as integer
    ) as input_no,
    case unioned.file_name
        when 'population' then 'stg_reference__population'
        when 'prose_identity_terms' then 'stg_reference__prose_identity_terms'
        else 'stg_accounts__' || unioned.file_name
    end as input_model,
    unioned.input_column,
    unioned.input_value,
    case unioned.file_name
        when 'population' then 'seeds/benchmarks/population.csv'
        when 'prose_identity_terms' then 'seeds/reference/prose_identity_terms.csv'
        else concat('seeds/accounts/', unioned.file_name, '.csv')
    end as seed_path,
    unioned.seed_line,
    unioned.source_document,
    unioned.source_line,
    documents.sha256 as source_sha256
from unioned
left join documents on unioned.source_document = documents.name
order by unioned.table_name, unioned.row_key, unioned.column_name, input_no

-- One row per line and flow, net rows included: the printed cost table, and the products that a
-- chapter shows in its goal tree only, known by their actual alone. Each phase says why it has no
-- amount: a column that the chapter does not print is not published, whatever the line.
{%- set phases = codes_of('phase_of_amount') %}
with

programme_finance as (

    select * from {{ ref('stg_accounts__programme_finance') }}

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

documents as (

    select * from {{ ref('stg_accounts__documents') }}

),

chapter_parts as (

    select * from {{ ref('stg_accounts__chapter_parts') }}

),

printed as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        is_total,
        original_budget_keur,
        final_budget_keur,
        actual_keur,
        variance_keur,
        value_status,
        source_document,
        source_line,
        'programme_finance' as seed_name,
        seed_line
    from programme_finance

),

tree_products as (

    select goal_tree.* from goal_tree
    anti join printed
        on
            goal_tree.municipality_code = printed.municipality_code
            and goal_tree.fiscal_year = printed.fiscal_year
            and goal_tree.programme_code = printed.programme_code
            and not printed.is_total
    where goal_tree.node_type = 'product'

),

-- A flow that the tree is silent about keeps its row, with no amount.
tree_lines as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'expenses' as flow,
        expenses_actual_keur as actual_keur,
        source_document,
        source_line,
        seed_line
    from tree_products
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'revenue' as flow,
        revenue_actual_keur as actual_keur,
        source_document,
        coalesce(revenue_source_line, source_line) as source_line,
        seed_line
    from tree_products

),

all_lines as (

    select * from printed
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        false as is_total,
        null as original_budget_keur,
        null as final_budget_keur,
        actual_keur,
        null as variance_keur,
        if(actual_keur is null, 'not_published', 'reported') as value_status,
        source_document,
        source_line,
        'goal_tree' as seed_name,
        seed_line
    from tree_lines

),

-- Columns of the cost table that have no amount at all, with the reason.
unprinted as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        {%- for phase in phases %}
        max(value_status) filter (where part = '{{ phase }}') as {{ phase }}_status
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from chapter_parts
    where rows_n = 0
    group by municipality_code, fiscal_year, programme_code

)

select
    all_lines.municipality_code,
    all_lines.fiscal_year,
    all_lines.programme_code,
    all_lines.line_item,
    all_lines.flow,
    all_lines.is_total,
    all_lines.original_budget_keur,
    all_lines.final_budget_keur,
    all_lines.actual_keur,
    all_lines.variance_keur,
    all_lines.value_status,
    {%- for phase in phases %}
    case
        when
            all_lines.{{ phase }}_keur is not null
            and all_lines.value_status != 'partially_reported'
            then all_lines.value_status
        when all_lines.{{ phase }}_keur is not null then 'reported'
        when all_lines.seed_name = 'goal_tree' then 'not_published'
        when unprinted.{{ phase }}_status is not null then unprinted.{{ phase }}_status
        when all_lines.value_status = 'partially_reported' then 'not_captured'
        else all_lines.value_status
    end as {{ phase }}_status,
    {%- endfor %}
    all_lines.source_document,
    all_lines.source_line,
    documents.sha256 as source_sha256,
    all_lines.seed_name,
    all_lines.seed_line
from all_lines
left join documents
    on
        all_lines.municipality_code = documents.municipality_code
        and all_lines.fiscal_year = documents.fiscal_year
        and all_lines.programme_code = documents.programme_code
        and all_lines.source_document = documents.name
left join unprinted
    on
        all_lines.municipality_code = unprinted.municipality_code
        and all_lines.fiscal_year = unprinted.fiscal_year
        and all_lines.programme_code = unprinted.programme_code

with source as (

    select * from {{ source('accounts', 'goal_tree') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(node_type) as node_type,
        trim(node_code) as node_code,
        trim(node_name) as node_name,
        trim(parent_node_code) as parent_node_code,
        cast(sort_order as integer) as sort_order,
        cast(expenses_actual_keur as decimal(18, 3)) as expenses_actual_keur,
        cast(revenue_actual_keur as decimal(18, 3)) as revenue_actual_keur,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(revenue_source_line as integer) as revenue_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

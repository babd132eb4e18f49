with source as (

    select * from {{ source('reference', 'derivation_inputs') }}

),

renamed as (

    select
        trim(table_name) as table_name,
        trim(column_name) as column_name,
        cast(derivation_no as integer) as derivation_no,
        cast(input_no as integer) as input_no,
        trim(input_table) as input_table,
        trim(input_column) as input_column,
        trim(query_name) as query_name
    from source

)

select * from renamed

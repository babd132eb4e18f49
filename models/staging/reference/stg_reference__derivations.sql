with source as (

    select * from {{ source('reference', 'derivations') }}

),

renamed as (

    select
        trim(table_name) as table_name,
        trim(column_name) as column_name,
        cast(derivation_no as integer) as derivation_no,
        trim(applies_when) as applies_when,
        trim(operation) as operation,
        trim(formula) as formula,
        trim(description) as description
    from source

)

select * from renamed

with source as (

    select * from {{ source('accounts', 'accounts_origins') }}

),

renamed as (

    select
        trim(file_name) as file_name,
        cast(file_line as integer) as file_line,
        trim(seed_path) as seed_path,
        cast(seed_line as integer) as seed_line,
        trim(source_cell) as source_cell,
        trim(delivery) as delivery
    from source

)

select * from renamed

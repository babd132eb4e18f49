with source as (

    select * from {{ source('exceptions', 'correction_rules') }}

),

renamed as (

    select
        trim(correction_code) as correction_code,
        trim(table_name) as table_name,
        trim(column_like) as column_like,
        trim(key_like) as key_like,
        cast(is_listed as boolean) as is_listed,
        cast(known_since as date) as known_since,
        trim(reason) as reason
    from source

)

select * from renamed

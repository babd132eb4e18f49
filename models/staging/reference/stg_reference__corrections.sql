with source as (

    select * from {{ source('exceptions', 'corrections') }}

),

renamed as (

    select
        trim(release_id) as release_id,
        trim(table_name) as table_name,
        trim(row_key) as row_key,
        trim(column_name) as column_name,
        old_value,
        new_value,
        trim(correction_code) as correction_code
    from source

)

select * from renamed

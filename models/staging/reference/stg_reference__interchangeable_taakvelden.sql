with source as (

    select * from {{ source('reference', 'interchangeable_taakvelden') }}

),

renamed as (

    select
        trim(group_code) as group_code,
        trim(taakveld_code) as taakveld_code,
        trim(source) as source
    from source

)

select * from renamed

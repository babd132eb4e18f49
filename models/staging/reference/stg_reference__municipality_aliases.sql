with source as (

    select * from {{ source('reference', 'municipality_aliases') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        trim(also_called) as also_called
    from source

)

select * from renamed

with source as (

    select * from {{ source('reference', 'provinces') }}

),

renamed as (

    select
        trim(province_code) as province_code,
        trim(province_name) as province_name,
        trim(source) as source
    from source

)

select * from renamed

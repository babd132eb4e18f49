with source as (

    select * from {{ source('reference', 'series_breaks') }}

),

renamed as (

    select
        trim(subject_kind) as subject_kind,
        trim(subject_code) as subject_code,
        cast(first_year as integer) as first_year,
        trim(reason) as reason,
        trim(source) as source
    from source

)

select * from renamed

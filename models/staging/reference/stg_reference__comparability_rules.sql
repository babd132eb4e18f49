with source as (

    select * from {{ source('reference', 'comparability_rules') }}

),

renamed as (

    select
        trim(subject_kind) as subject_kind,
        trim(subject_code) as subject_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(denominator) as denominator,
        trim(comparability) as comparability,
        trim(reason_code) as reason_code,
        trim(reason) as reason,
        trim(source) as source
    from source

)

select * from renamed

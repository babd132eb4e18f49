with source as (

    select * from {{ source('reference', 'measure_themes') }}

),

renamed as (

    select
        trim(subject_kind) as subject_kind,
        trim(subject_code) as subject_code,
        trim(theme) as theme,
        trim(reason) as reason
    from source

)

select * from renamed

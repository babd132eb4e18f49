with source as (

    select * from {{ source('reference', 'peer_features') }}

),

renamed as (

    select
        trim(feature) as feature,
        trim(feature_name) as feature_name,
        trim(theme) as theme,
        cast(weight as decimal(18, 3)) as weight,
        trim(scale) as scale,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

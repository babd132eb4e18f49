with source as (

    select * from {{ source('reference', 'boundary_changes') }}

),

renamed as (

    select
        trim(predecessor_code) as predecessor_code,
        trim(successor_code) as successor_code,
        cast(effective_date as date) as effective_date,
        trim(kind) as kind,
        cast(weight as decimal(18, 6)) as weight,
        trim(weight_basis) as weight_basis,
        trim(source) as source,
        trim(note) as note,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

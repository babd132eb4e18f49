with source as (

    select * from {{ source('reference', 'programme_lineage') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        trim(predecessor_name) as predecessor_name,
        cast(predecessor_first_year as integer) as predecessor_first_year,
        cast(predecessor_last_year as integer) as predecessor_last_year,
        trim(predecessor_code) as predecessor_code,
        trim(successor_name) as successor_name,
        cast(successor_first_year as integer) as successor_first_year,
        cast(successor_last_year as integer) as successor_last_year,
        trim(successor_code) as successor_code,
        cast(weight as decimal(18, 6)) as weight,
        trim(weight_basis) as weight_basis,
        trim(evidence) as evidence,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

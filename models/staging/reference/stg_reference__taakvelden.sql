with source as (

    select * from {{ source('reference', 'taakvelden') }}

),

renamed as (

    select
        trim(taakveld_code) as taakveld_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(taakveld_name) as taakveld_name,
        trim(main_taakveld_code) as main_taakveld_code,
        trim(main_taakveld_name) as main_taakveld_name,
        trim(cluster_code) as cluster_code,
        trim(cluster_name) as cluster_name,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

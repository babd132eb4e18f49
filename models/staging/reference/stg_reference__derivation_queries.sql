with source as (

    select * from {{ source('reference', 'derivation_queries') }}

),

renamed as (

    select
        regexp_extract(filename, '([^/]+)[.]sql$', 1) as query_name,
        trim(content, e'\n') as input_query
    from source

)

select * from renamed

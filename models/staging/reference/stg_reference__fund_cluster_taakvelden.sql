with source as (

    select * from {{ source('reference', 'fund_cluster_taakvelden') }}

),

renamed as (

    select
        trim(fund_cluster_code) as fund_cluster_code,
        trim(cluster_code) as cluster_code,
        trim(reason) as reason,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

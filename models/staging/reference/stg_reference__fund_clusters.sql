with source as (

    select * from {{ source('reference', 'fund_clusters') }}

),

renamed as (

    select
        trim(fund_cluster_code) as fund_cluster_code,
        trim(fund_cluster_name) as fund_cluster_name,
        cast(holds_payments as boolean) as holds_payments,
        trim(reason) as reason,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

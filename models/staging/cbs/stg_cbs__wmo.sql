with source as (

    select * from {{ source('cbs', 'wmo') }}

),

renamed as (

    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        trim(arrangement_code) as arrangement_code,
        cast(nullif(trim(clients), '.') as integer) as clients,
        cast(nullif(trim(clients_per_1000_inhabitants), '.') as decimal(18, 3))
            as clients_per_1000_inhabitants,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed

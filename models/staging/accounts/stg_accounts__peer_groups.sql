with source as (

    select * from {{ source('accounts', 'peer_groups') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(peer_group_name) as peer_group_name,
        trim(peer_group_code) as peer_group_code,
        trim(member_code) as member_code,
        trim(set_by) as set_by,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

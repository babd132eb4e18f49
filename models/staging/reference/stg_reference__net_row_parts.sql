with source as (

    select * from {{ source('reference', 'net_row_parts') }}

),

renamed as (

    select
        trim(identity) as identity,
        trim(flow) as flow,
        trim(part_flow) as part_flow,
        cast(sign as integer) as sign,
        trim(other_form) as other_form
    from source

)

select * from renamed

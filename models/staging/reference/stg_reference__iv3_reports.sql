with source as (

    select * from {{ source('reference', 'iv3_reports') }}

),

renamed as (

    select
        trim(suffix) as report_suffix,
        trim(report) as report,
        trim(report_name) as report_name,
        cast(is_cumulative as boolean) as is_cumulative
    from source

)

select * from renamed

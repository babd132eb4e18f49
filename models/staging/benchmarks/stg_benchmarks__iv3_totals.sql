with source as (

    select * from {{ source('benchmarks', 'iv3_totals') }}

),

renamed as (

    select
        municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        report,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        cast(transfer_to_reserves_keur as decimal(18, 3)) as transfer_to_reserves_keur,
        cast(transfer_from_reserves_keur as decimal(18, 3)) as transfer_from_reserves_keur,
        cast(wages_keur as decimal(18, 3)) as wages_keur,
        cast(hired_staff_keur as decimal(18, 3)) as hired_staff_keur,
        cast(joint_arrangements_keur as decimal(18, 3)) as joint_arrangements_keur,
        cast(local_levies_keur as decimal(18, 3)) as local_levies_keur,
        cast(general_grant_keur as decimal(18, 3)) as general_grant_keur,
        cast(specific_grants_keur as decimal(18, 3)) as specific_grants_keur,
        value_status,
        cbs_table,
        cbs_period,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed

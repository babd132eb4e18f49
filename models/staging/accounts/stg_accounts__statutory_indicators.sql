with source as (

    select * from {{ source('accounts', 'statutory_indicators') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(indicator_code) as indicator_code,
        trim(policy_field) as policy_field,
        trim(indicator_name) as indicator_name,
        trim(unit) as unit,
        cast(score_year as integer) as score_year,
        cast(score as decimal(18, 3)) as score,
        trim(score_source) as score_source,
        cast(target as decimal(18, 3)) as target,
        trim(target_status) as target_status,
        cast(target_year as integer) as target_year,
        trim(target_type) as target_type,
        cast(margin_of_error as decimal(18, 3)) as margin_of_error,
        cast(confidence_level as decimal(18, 3)) as confidence_level,
        trim(margin_status) as margin_status,
        trim(measurement_basis) as measurement_basis,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

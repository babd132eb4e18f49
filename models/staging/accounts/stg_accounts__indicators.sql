with source as (

    select * from {{ source('accounts', 'indicators') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(indicator_code) as indicator_code,
        trim(indicator_name) as indicator_name,
        trim(objective_code_printed) as objective_code_printed,
        trim(theme_code) as theme_code,
        trim(products) as products,
        trim(unit) as unit,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        cast(score_year as integer) as score_year,
        trim(measurement_period) as measurement_period,
        cast(score as decimal(18, 3)) as score,
        cast(previous_score as decimal(18, 3)) as previous_score,
        cast(target as decimal(18, 3)) as target,
        trim(target_status) as target_status,
        cast(target_year as integer) as target_year,
        trim(target_type) as target_type,
        trim(target_condition) as target_condition,
        cast(margin_of_error as decimal(18, 3)) as margin_of_error,
        cast(confidence_level as decimal(18, 3)) as confidence_level,
        trim(margin_status) as margin_status,
        trim(measurement_basis) as measurement_basis,
        trim(verdict_stated) as verdict_stated,
        trim(change_stated) as change_stated,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        cast(continued as boolean) as continued,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(verdict_source_line as integer) as verdict_source_line,
        cast(change_source_line as integer) as change_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

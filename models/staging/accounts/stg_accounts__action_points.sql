with source as (

    select * from {{ source('accounts', 'action_points') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(action_code) as action_code,
        trim(theme_code) as theme_code,
        trim(objective_code) as objective_code,
        trim(title) as title,
        trim(partner) as partner,
        trim(deadline) as deadline,
        trim(status_interim) as status_interim,
        trim(status_final) as status_final,
        trim(status_from_text) as status_from_text,
        cast(carried_over as boolean) as carried_over,
        cast(savings_target_keur as decimal(18, 3)) as savings_target_keur,
        trim(savings_realised) as savings_realised,
        trim(explanation) as explanation,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(explanation_source_line as integer) as explanation_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed

-- One row per programme of which a chapter was read: what it prints is counted or stated by part. Of
-- other programmes only an overview is known, which amounts of years and reserves are read from.
with

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

parts as (

    select
        municipality_code,
        fiscal_year,
        programme_code
    from {{ ref('stg_accounts__chapter_parts') }}
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code
    from {{ ref('int_accounts__parts_found') }}

)

select programmes.* from programmes
semi join parts
    on
        programmes.municipality_code = parts.municipality_code
        and programmes.fiscal_year = parts.fiscal_year
        and programmes.programme_code = parts.programme_code

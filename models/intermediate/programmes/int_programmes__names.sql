-- One row per programme of a municipality and year: its name and that of the municipality.
with

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    municipalities.municipality_name,
    programmes.programme_name
from programmes
left join municipalities on programmes.municipality_code = municipalities.municipality_code

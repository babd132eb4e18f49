-- One row per year for which a municipality has people or Iv3 spending.
with

population as (

    select fiscal_year from {{ ref('int_population__inhabitants') }}

),

amounts as (

    select fiscal_year from {{ ref('int_iv3__taakveld_amounts') }}

),

divisions as (

    -- The year of a division to which a reference list of municipalities refers.
    select division_year as fiscal_year from {{ ref('stg_reference__municipality_regions') }}

)

select fiscal_year from population
union
select fiscal_year from amounts
union
select fiscal_year from divisions

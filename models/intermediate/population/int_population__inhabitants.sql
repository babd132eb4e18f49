-- One row per municipality and year: inhabitants on 1 January. Landed figures replace the bundled
-- ones of their year, all municipalities at once.
with

landed as (

    select * from {{ ref('stg_cbs__population') }}

),

bundled as (

    select * from {{ ref('stg_benchmarks__population') }}

),

landed_years as (

    select
        municipality_code,
        cast(left(period, 4) as integer) as fiscal_year,
        inhabitants,
        'cbs_population' as seed_name,
        source_line as seed_line,
        concat('CBS ', source_table, ', ', period) as source_document,
        concat_ws(
            ':',
            'raw/cbs/population/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as inhabitants_source
    from landed
    where
        right(period, 4) = 'JJ00'
        and municipality_code like 'GM%'
        and inhabitants is not null

),

bundled_years as (

    select
        municipality_code,
        year(reference_date) as fiscal_year,
        inhabitants,
        'population' as seed_name,
        seed_line,
        source as source_document,
        concat('seeds/benchmarks/population.parquet:', seed_line) as inhabitants_source
    from bundled
    where month(reference_date) = 1 and day(reference_date) = 1

)

select
    municipality_code,
    fiscal_year,
    inhabitants,
    seed_name,
    seed_line,
    source_document,
    inhabitants_source
from landed_years
union all
select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    inhabitants,
    seed_name,
    seed_line,
    source_document,
    inhabitants_source
from bundled_years
where fiscal_year not in (select landed_years.fiscal_year from landed_years)

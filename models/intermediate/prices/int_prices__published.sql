-- One row per year and base year: consumer price index over all spending, yearly mean, as CBS
-- publishes it. Landed figures replace the bundled ones of their year and base year.
with

landed as (

    select * from {{ ref('stg_cbs__cpi') }}

),

periods as (

    select * from {{ ref('stg_cbs__cpi_periods') }}

),

bundled as (

    select * from {{ ref('stg_benchmarks__price_index') }}

),

bases as (

    select
        source_table,
        cast(regexp_extract(max(title), '(\d{4}) ?= ?100', 1) as integer) as price_base_year
    from {{ ref('stg_cbs__pages') }}
    where dataset = 'cpi'
    group by source_table

),

landed_years as (

    select
        cast(left(landed.period, 4) as integer) as price_year,
        bases.price_base_year,
        landed.price_index,
        if(periods.period_status = 'Definitief', 'reported', 'provisional') as value_status,
        concat('CBS ', landed.source_table, ', ', landed.period) as source,
        concat_ws(
            ':',
            'raw/cbs/cpi/' || landed.source_table || '.parquet',
            landed.source_delivery,
            landed.source_file,
            landed.source_line
        ) as price_index_source
    from landed
    inner join bases on landed.source_table = bases.source_table
    left join periods
        on landed.source_table = periods.source_table and landed.period = periods.period
    where right(landed.period, 4) = 'JJ00' and landed.price_index is not null

),

bundled_years as (

    select
        price_year,
        base_year as price_base_year,
        price_index,
        if(status = 'definitive', 'reported', 'provisional') as value_status,
        source,
        concat('seeds/benchmarks/price_index.csv:', seed_line) as price_index_source
    from bundled

)

select * from landed_years
union all
select bundled_years.*
from bundled_years
anti join landed_years
    on
        bundled_years.price_year = landed_years.price_year
        and bundled_years.price_base_year = landed_years.price_base_year

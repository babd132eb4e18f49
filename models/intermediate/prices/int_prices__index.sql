-- One row per year: consumer price index over all spending, yearly mean. Landed figures replace the
-- bundled ones of their year.
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

landed_years as (

    select
        cast(left(landed.period, 4) as integer) as price_year,
        landed.price_index,
        2015 as price_base_year,
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
    left join periods
        on landed.source_table = periods.source_table and landed.period = periods.period
    where right(landed.period, 4) = 'JJ00' and landed.price_index is not null

),

bundled_years as (

    select
        price_year,
        price_index,
        base_year as price_base_year,
        if(status = 'definitive', 'reported', 'provisional') as value_status,
        source,
        concat('seeds/benchmarks/price_index.csv:', seed_line) as price_index_source
    from bundled

)

select * from landed_years
union all
select * from bundled_years
where price_year not in (select landed_years.price_year from landed_years)

-- One row per year: the index on its oldest base year. A year that only a newer series has is
-- chained to it in the newest year that both have; a newer series without such a year cannot be.
with

published as (

    select * from {{ ref('int_prices__published') }}

),

first_base as (

    select min(price_base_year) as price_base_year from published

),

oldest as (

    select published.*
    from published
    inner join first_base on published.price_base_year = first_base.price_base_year

),

newer as (

    select published.*
    from published
    inner join first_base on published.price_base_year > first_base.price_base_year

),

links as (

    select
        newer.price_base_year,
        max(newer.price_year) as chained_in,
        max_by(oldest.price_index / newer.price_index, newer.price_year) as factor,
        any_value(oldest.price_base_year) as chained_base_year
    from newer
    inner join oldest on newer.price_year = oldest.price_year
    group by newer.price_base_year

),

chained as (

    select
        newer.price_year,
        cast(round(newer.price_index * links.factor, 2) as decimal(18, 2)) as price_index,
        links.chained_base_year as price_base_year,
        links.chained_in,
        newer.value_status,
        concat(
            newer.source,
            ' (',
            newer.price_base_year,
            ' = 100), aangesloten op ',
            links.chained_base_year,
            ' = 100 in ',
            links.chained_in
        ) as source,
        newer.price_index_source
    from newer
    inner join links on newer.price_base_year = links.price_base_year
    anti join oldest on newer.price_year = oldest.price_year
    qualify
        row_number() over (partition by newer.price_year order by newer.price_base_year) = 1

)

select
    price_year,
    price_index,
    price_base_year,
    cast(null as integer) as chained_in,
    value_status,
    source,
    price_index_source
from oldest
union all
select * from chained

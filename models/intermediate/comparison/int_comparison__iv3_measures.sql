-- One row per measure of Iv3 spending: what is divided by whom, in which prices. Every subject has
-- its expenses and its net cost per inhabitant; clusters and the total also in prices of the
-- index's base year; clusters also with overhead spread over them; youth care also per young
-- inhabitant, and what centre municipalities do for a region also per inhabitant of that region.
with

spending as (

    select * from {{ ref('int_comparison__spending') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

rules as (

    select * from {{ ref('stg_reference__comparability_rules') }}

),

prices as (

    select * from {{ ref('int_prices__index') }}

),

names as (

    select
        'taakveld' as subject_kind,
        taakveld_code as subject_code,
        max_by(taakveld_name, valid_from_year) as subject_name,
        min(valid_from_year) as valid_from_year,
        if(count(valid_to_year) = count(*), max(valid_to_year), null) as valid_to_year
    from taakvelden
    group by taakveld_code
    union all
    select distinct
        'cluster' as subject_kind,
        cluster_code as subject_code,
        cluster_name as subject_name,
        2017 as valid_from_year,
        cast(null as integer) as valid_to_year
    from taakvelden
    where cluster_code is not null
    union all
    select
        'total' as subject_kind,
        'total' as subject_code,
        'Alle taakvelden behalve reserves (0.10) en resultaat (0.11)' as subject_name,
        2017 as valid_from_year,
        cast(null as integer) as valid_to_year

),

subjects as (

    select distinct
        spending.subject_kind,
        spending.subject_code,
        coalesce(names.subject_name, spending.subject_code) as subject_name,
        names.valid_from_year,
        names.valid_to_year,
        concat(
            if(spending.subject_kind = 'cluster', 'cluster_', ''), spending.subject_code
        ) as subject_part
    from spending
    left join names
        on
            spending.subject_kind = names.subject_kind
            and spending.subject_code = names.subject_code

),

base_year as (

    select max(price_base_year) as price_base_year from prices

),

measures as (

    select
        *,
        'plain' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part) as measure_code
    from subjects
    union all
    select
        *,
        'plain' as variant,
        'net' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_net_cost_', subject_part) as measure_code
    from subjects
    union all
    select
        *,
        'plain' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'real' as price_basis,
        concat('iv3_expenses_', subject_part, '_real') as measure_code
    from subjects
    where subject_kind in ('cluster', 'total')
    union all
    -- Overhead itself is booked in the cluster of administration.
    select
        *,
        'with_overhead' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_with_overhead') as measure_code
    from subjects
    where subject_kind = 'cluster' and subject_code != 'bestuur'
    union all
    select
        *,
        'plain' as variant,
        'gross' as side,
        'aged_0_17' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_aged_0_17') as measure_code
    from subjects
    where subject_kind = 'cluster' and subject_code = 'jeugd'
    union all
    select
        subjects.*,
        'plain' as variant,
        'gross' as side,
        'serving_region' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_serving_region') as measure_code
    from subjects
    where
        (subject_kind, subject_code) in (
            select (rules.subject_kind, rules.subject_code)
            from rules
            where rules.denominator = 'serving_region'
        )

)

select
    measures.measure_code,
    measures.subject_kind,
    measures.subject_code,
    measures.subject_name,
    measures.valid_from_year,
    measures.valid_to_year,
    measures.variant,
    measures.side,
    measures.denominator,
    measures.price_basis,
    concat(
        if(measures.side = 'net', 'Lasten min baten, vóór reserves: ', 'Lasten: '),
        if(measures.subject_kind = 'taakveld', measures.subject_code || ' ', ''),
        measures.subject_name,
        if(measures.variant = 'with_overhead', ', met overhead naar rato', ''),
        if(
            measures.price_basis = 'real',
            concat(', in prijzen van ', base_year.price_base_year, ' (CPI)'),
            ''
        ),
        if(measures.denominator = 'inhabitants', '', concat(', per ', denominators.people))
    ) as measure_name,
    concat('euro per ', denominators.people) as unit
from measures
cross join base_year
inner join
    (
        values
        ('inhabitants', 'inwoner'),
        ('aged_0_17', 'inwoner van 0 tot en met 17 jaar'),
        ('serving_region', 'inwoner van het verzorgingsgebied')
    ) as denominators (denominator, people)
    on measures.denominator = denominators.denominator

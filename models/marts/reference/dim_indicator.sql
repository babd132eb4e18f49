with

iv3_measures as (

    -- What nobody has a value of in any year is no measure.
    select measures.*
    from {{ ref('int_comparison__iv3_measures') }} as measures
    semi join {{ ref('int_comparison__blocks') }} as blocks
        on measures.measure_code = blocks.measure_code

),

statutory as (

    select * from {{ ref('stg_reference__statutory_indicator_definitions') }}

),

units as (

    select
        indicator_code,
        min(reference_unit) as unit,
        string_agg(unit_printed, '; ' order by unit_printed) filter (
            where unit_printed != reference_unit
        ) as other_units
    from {{ ref('stg_reference__statutory_units') }}
    group by indicator_code

),

ratios as (

    select * from {{ ref('stg_reference__financial_ratio_definitions') }}

),

unioned as (

    select
        measure_code as indicator_code,
        measure_name as indicator_name,
        'iv3' as indicator_kind,
        subject_kind,
        subject_code,
        unit,
        cast(null as varchar) as other_units,
        'none' as direction,
        'ours' as direction_basis,
        side,
        denominator,
        price_basis,
        make_date(valid_from_year, 1, 1) as valid_from,
        make_date(valid_to_year, 12, 31) as valid_to,
        concat(
            if(
                side = 'net',
                'Lasten min baten van alle categorieën',
                'Lasten van alle categorieën'
            ),
            if(
                variant = 'with_overhead',
                ', plus de overhead (0.4) naar het aandeel in de overige lasten',
                ''
            ),
            ', gedeeld door het aantal ',
            case denominator
                when 'inhabitants' then 'inwoners op 1 januari van hetzelfde jaar'
                when 'aged_0_17'
                    then 'inwoners van 0 tot en met 17 jaar op 1 januari van hetzelfde jaar'
                when 'serving_region'
                    then 'inwoners van de gemeenten waarvoor de centrumgemeente werkt (2016)'
            end,
            if(
                price_basis = 'real',
                ', omgerekend met de consumentenprijsindex over alle bestedingen',
                ''
            )
        ) as definition,
        'CBS, Iv3 (onbewerkt)' as source
    from iv3_measures
    union all
    select
        statutory.indicator_code,
        statutory.indicator_name,
        'statutory' as indicator_kind,
        'statutory' as subject_kind,
        statutory.indicator_code as subject_code,
        units.unit,
        units.other_units,
        statutory.direction,
        statutory.direction_basis,
        cast(null as varchar) as side,
        cast(null as varchar) as denominator,
        cast(null as varchar) as price_basis,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        cast(null as varchar) as definition,
        statutory.source
    from statutory
    left join units on statutory.indicator_code = units.indicator_code
    union all
    select
        concat('ratio_', ratio_code) as indicator_code,
        ratio_name as indicator_name,
        'ratio' as indicator_kind,
        'ratio' as subject_kind,
        concat('ratio_', ratio_code) as subject_code,
        unit,
        cast(null as varchar) as other_units,
        direction,
        direction_basis,
        cast(null as varchar) as side,
        cast(null as varchar) as denominator,
        cast(null as varchar) as price_basis,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        definition,
        source
    from ratios

)

select
    indicator_code,
    indicator_name,
    indicator_kind,
    subject_kind,
    subject_code,
    unit,
    other_units,
    direction,
    direction_basis,
    side,
    denominator,
    price_basis,
    valid_from,
    valid_to,
    definition,
    source
from unioned
order by indicator_code

-- One row per boundary, municipality, budget or accounts whose taakvelden have, for at least half
-- of what is 100 thousand euro or more (and for five of them), the expenses of another municipality
-- in that year, or its own of another year. Where nine in ten are the same, or another
-- municipality's are, one of both is a copy and nothing here says which; less is a budget that was
-- taken over.
with

amounts as (

    select * from {{ ref('int_comparison__spending') }}
    where subject_kind = 'taakveld' and abs(expenses_keur) >= 100

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

counted as (

    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        count(*) as amounts_n
    from amounts
    group by boundary, municipality_code, fiscal_year, report

),

repeated as (

    select
        amounts.boundary,
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.report,
        others.municipality_code as other_code,
        others.fiscal_year as other_year,
        count(*) as repeated_n
    from amounts
    inner join amounts as others
        on
            amounts.boundary = others.boundary
            and amounts.report = others.report
            and amounts.subject_code = others.subject_code
            and amounts.expenses_keur = others.expenses_keur
            and (amounts.municipality_code = others.municipality_code)
            != (amounts.fiscal_year = others.fiscal_year)
    group by all

),

nearest as (

    select
        repeated.*,
        counted.amounts_n,
        repeated.other_code != repeated.municipality_code as is_of_another
    from repeated
    inner join counted
        on
            repeated.boundary = counted.boundary
            and repeated.municipality_code = counted.municipality_code
            and repeated.fiscal_year = counted.fiscal_year
            and repeated.report = counted.report
    where repeated.repeated_n >= 5 and repeated.repeated_n * 2 >= counted.amounts_n
    qualify
        row_number() over (
            partition by
                repeated.boundary,
                repeated.municipality_code,
                repeated.fiscal_year,
                repeated.report
            order by repeated.repeated_n desc, repeated.other_code asc, repeated.other_year asc
        ) = 1

),

judged as (

    select
        nearest.*,
        nearest.is_of_another or nearest.repeated_n * 10 >= nearest.amounts_n * 9 as is_copy,
        concat(
            nearest.repeated_n,
            ' van de ',
            nearest.amounts_n,
            ' lasten van 100 duizend euro of meer zijn gelijk aan die van ',
            if(
                nearest.is_of_another,
                municipalities.municipality_name,
                cast(nearest.other_year as varchar)
            )
        ) as finding
    from nearest
    left join municipalities
        on
            nearest.boundary = municipalities.boundary
            and nearest.other_year = municipalities.fiscal_year
            and nearest.other_code = municipalities.municipality_code

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    is_copy,
    concat(
        finding,
        if(
            is_copy,
            ': een van beide is een kopie, en niet is bekend welke',
            ': grotendeels overgenomen'
        )
    ) as reason
from judged

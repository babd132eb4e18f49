-- The newest name and place of each code that spending is booked under: one row per code, to join
-- spending of any year. A code that no classification has (6.79, which a source gives as the sum of
-- 6.791 and 6.792) is named as spending has it, so that no join loses money.
with

taakvelden as (

    select * from {{ ref('dim_taakveld') }}

),

amounts as (

    select distinct
        fiscal_year,
        taakveld_code,
        taakveld_title
    from {{ ref('int_iv3__taakveld_amounts') }}

),

codes as (

    select * from {{ ref('int_iv3__codes') }}

),

main_taakvelden as (

    select
        main_taakveld_code,
        max_by(main_taakveld_name, valid_from) as main_taakveld_name
    from taakvelden
    group by main_taakveld_code

),

newest as (

    select *
    from taakvelden
    qualify row_number() over (partition by taakveld_code order by valid_from desc) = 1

),

others as (

    select
        amounts.taakveld_code,
        coalesce(
            max_by(codes.taakveld_name, amounts.fiscal_year),
            max(trim(replace(amounts.taakveld_title, amounts.taakveld_code || ' ', ''))),
            amounts.taakveld_code
        ) as taakveld_name,
        split_part(amounts.taakveld_code, '.', 1) as main_taakveld_code,
        max_by(codes.cluster_code, amounts.fiscal_year) as cluster_code,
        max_by(codes.cluster_name, amounts.fiscal_year) as cluster_name,
        make_date(min(amounts.fiscal_year), 1, 1) as valid_from,
        make_date(max(amounts.fiscal_year), 12, 31) as valid_to
    from amounts
    left join codes
        on
            amounts.fiscal_year = codes.fiscal_year
            and amounts.taakveld_code = codes.taakveld_code
    anti join newest on amounts.taakveld_code = newest.taakveld_code
    group by amounts.taakveld_code

)

select
    taakveld_code,
    taakveld_name,
    main_taakveld_code,
    main_taakveld_name,
    cluster_code,
    cluster_name,
    valid_from,
    valid_to,
    source
from newest
union all
select
    others.taakveld_code,
    others.taakveld_name,
    others.main_taakveld_code,
    coalesce(main_taakvelden.main_taakveld_name, others.main_taakveld_code)
        as main_taakveld_name,
    others.cluster_code,
    others.cluster_name,
    others.valid_from,
    others.valid_to,
    'CBS, Iv3: een code die de indeling niet kent, of een som van codes' as source
from others
left join main_taakvelden on others.main_taakveld_code = main_taakvelden.main_taakveld_code
order by taakveld_code

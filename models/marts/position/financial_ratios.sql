-- A budget prints the actual of two years before and its own year. Where our copy lacks the
-- edition, what follows from the balance sheet stands there alone.
with

judged as (

    select * from {{ ref('int_position__judged_ratios') }}

),

recomputed as (

    select * from {{ ref('int_position__recomputed_ratios') }}

),

definitions as (

    select * from {{ ref('stg_reference__financial_ratio_definitions') }}

),

norms as (

    select * from {{ ref('stg_reference__ratio_norms') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

printed as (

    select
        municipality_code,
        figure_year as fiscal_year,
        budget_year as edition_year,
        ratio_code,
        figure_kind,
        value as printed_value,
        judged_status as printed_status,
        judged_reason as status_reason
    from judged
    union all
    select
        recomputed.municipality_code,
        recomputed.fiscal_year,
        recomputed.fiscal_year + 2 as edition_year,
        recomputed.ratio_code,
        'actual' as figure_kind,
        null as printed_value,
        'not_captured' as printed_status,
        concat(
            'De kengetallen in de begroting van ', recomputed.fiscal_year + 2,
            ' staan niet in onze kopie'
        ) as status_reason
    from recomputed
    anti join judged
        on
            recomputed.municipality_code = judged.municipality_code
            and recomputed.fiscal_year = judged.figure_year
            and recomputed.ratio_code = judged.ratio_code
            and judged.figure_kind = 'actual'

),

classed as (

    select
        printed.*,
        round(recomputed.value, 6) as recomputed_value,
        definitions.ratio_name,
        norms.norm_low,
        norms.norm_high,
        norms.norm_year,
        norms.source as norm_source,
        case
            when recomputed.value is not null then 'reported'
            when
                printed.figure_kind = 'actual'
                and printed.ratio_code in ('net_debt', 'net_debt_corrected', 'solvency')
                then 'not_recomputable'
            else 'not_applicable'
        end as recomputed_status,
        {{ ratio_class("if(printed.printed_status = 'reported', printed.printed_value, null)") }}
            as printed_class,
        {{ ratio_class('recomputed.value') }} as recomputed_class
    from printed
    inner join definitions on printed.ratio_code = definitions.ratio_code
    inner join norms on printed.ratio_code = norms.ratio_code
    left join recomputed
        on
            printed.municipality_code = recomputed.municipality_code
            and printed.fiscal_year = recomputed.fiscal_year
            and printed.ratio_code = recomputed.ratio_code
            and printed.figure_kind = 'actual'

),

settled as (

    select
        *,
        coalesce(recomputed_class, printed_class) as class_code
    from classed

)

select
    settled.municipality_code,
    settled.fiscal_year,
    settled.edition_year,
    settled.ratio_code,
    municipalities.municipality_name,
    settled.ratio_name,
    settled.figure_kind,
    cast(settled.printed_value as decimal(18, 6)) as printed_value,
    cast(settled.recomputed_value as decimal(18, 6)) as recomputed_value,
    cast(
        if(
            settled.printed_status = 'not_published',
            null,
            settled.printed_value - settled.recomputed_value
        ) as decimal(18, 6)
    ) as difference,
    settled.norm_low,
    settled.norm_high,
    settled.norm_year,
    settled.printed_class,
    settled.recomputed_class,
    settled.class_code,
    before.class_code as class_before,
    settled.class_code > before.class_code as is_worse,
    settled.printed_status,
    settled.recomputed_status,
    settled.status_reason,
    settled.norm_source as norm_source_document
from settled
left join settled as before
    on
        settled.municipality_code = before.municipality_code
        and settled.ratio_code = before.ratio_code
        and before.figure_kind = 'actual'
        and settled.fiscal_year - if(settled.figure_kind = 'actual', 1, 2) = before.fiscal_year
left join municipalities on settled.municipality_code = municipalities.municipality_code
order by
    settled.municipality_code, settled.fiscal_year, settled.edition_year, settled.ratio_code

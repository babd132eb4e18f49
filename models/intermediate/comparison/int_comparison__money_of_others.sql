-- One row per boundary, municipality, year, report, subject and remark on money that passes between
-- governments: contributions of others (over a tenth of the expenses) and to joint bodies (over
-- half of them). Where a source does not say who paid, revenue over a tenth of the expenses is what
-- tells; where it has no revenue either, that of the nearest year of which it is known, else the
-- taakvelden on which that is common, and clusters and totals with over 5 % of their expenses
-- there.
with

spending as (

    select * from {{ ref('int_comparison__spending') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

flows as (

    select * from {{ ref('int_iv3__between_governments') }}

),

with_revenue as (

    select * from {{ ref('stg_reference__taakvelden_with_revenue') }}
    where over_tenth_n * 4 > municipalities_n

),

weights as (

    select * from {{ ref('int_boundaries__weights') }}

),

moved as (

    select
        if(weights.to_year = 9999, 'current', 'as_reported') as boundary,
        weights.successor_code as municipality_code,
        flows.fiscal_year,
        flows.report,
        flows.taakveld_code,
        sum(flows.from_governments_keur * weights.weight) as from_governments_keur,
        sum(flows.to_joint_bodies_keur * weights.weight) as to_joint_bodies_keur
    from flows
    inner join weights
        on
            flows.municipality_code = weights.municipality_code
            and flows.fiscal_year = weights.from_year
            and weights.to_year in (flows.fiscal_year, 9999)
    group by
        if(weights.to_year = 9999, 'current', 'as_reported'),
        weights.successor_code,
        flows.fiscal_year,
        flows.report,
        flows.taakveld_code

),

moved_subjects as (

    select
        'taakveld' as subject_kind,
        moved.taakveld_code as subject_code,
        moved.*
    from moved
    union all
    select
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code,
        moved.*
    from moved
    inner join taakvelden
        on
            moved.taakveld_code = taakvelden.taakveld_code
            and moved.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)

),

shares as (

    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        sum(moved_subjects.from_governments_keur) / nullif(any_value(spending.expenses_keur), 0)
            as from_governments,
        sum(moved_subjects.to_joint_bodies_keur) / nullif(any_value(spending.expenses_keur), 0)
            as to_joint_bodies
    from spending
    inner join moved_subjects
        on
            spending.boundary = moved_subjects.boundary
            and spending.municipality_code = moved_subjects.municipality_code
            and spending.fiscal_year = moved_subjects.fiscal_year
            and spending.report = moved_subjects.report
            and spending.subject_kind = moved_subjects.subject_kind
            and spending.subject_code = moved_subjects.subject_code
    group by
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code

),

-- Expenses of a subject that are booked on taakvelden where revenue is common.
expected as (

    select
        *,
        expenses_keur as with_revenue_keur
    from spending
    where
        subject_kind = 'taakveld'
        and subject_code in (select with_revenue.taakveld_code from with_revenue)

),

contained as (

    select
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code,
        expected.* exclude (subject_kind, subject_code)
    from expected
    inner join taakvelden
        on
            expected.subject_code = taakvelden.taakveld_code
            and expected.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
    where taakvelden.cluster_code is not null
    union all
    select
        'total' as subject_kind,
        'total' as subject_code,
        * exclude (subject_kind, subject_code)
    from expected
    union all
    select
        subject_kind,
        subject_code,
        * exclude (subject_kind, subject_code)
    from expected

),

paid_by_unknown as (

    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        any_value(spending.expenses_keur) as expenses_keur,
        any_value(spending.revenue_keur) as revenue_keur,
        sum(contained.with_revenue_keur) as with_revenue_keur
    from spending
    left join contained
        on
            spending.boundary = contained.boundary
            and spending.municipality_code = contained.municipality_code
            and spending.fiscal_year = contained.fiscal_year
            and spending.report = contained.report
            and spending.subject_kind = contained.subject_kind
            and spending.subject_code = contained.subject_code
    where not spending.is_landed and spending.expenses_keur > 0
    group by
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code

),

known as (

    select
        *,
        revenue_keur / expenses_keur as share
    from paid_by_unknown
    where revenue_keur is not null

),

-- The nearest year of which the revenue is known; of two the one in which it is more.
nearest as (

    select
        unknown.boundary,
        unknown.municipality_code,
        unknown.fiscal_year,
        unknown.report,
        unknown.subject_kind,
        unknown.subject_code,
        unknown.expenses_keur,
        unknown.with_revenue_keur,
        arg_min(
            known.fiscal_year, row(abs(known.fiscal_year - unknown.fiscal_year), -known.share)
        ) as known_year,
        arg_min(known.share, row(abs(known.fiscal_year - unknown.fiscal_year), -known.share))
            as known_share
    from paid_by_unknown as unknown
    left join known
        on
            unknown.boundary = known.boundary
            and unknown.municipality_code = known.municipality_code
            and unknown.report = known.report
            and unknown.subject_kind = known.subject_kind
            and unknown.subject_code = known.subject_code
    where unknown.revenue_keur is null
    group by
        unknown.boundary,
        unknown.municipality_code,
        unknown.fiscal_year,
        unknown.report,
        unknown.subject_kind,
        unknown.subject_code,
        unknown.expenses_keur,
        unknown.with_revenue_keur

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    subject_kind,
    subject_code,
    concat(
        'Bijdragen van andere overheden dan het Rijk zijn ',
        cast(round(from_governments * 100) as integer),
        ' % van de lasten'
    ) as reason
from shares
where from_governments > 0.10
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    subject_kind,
    subject_code,
    concat(
        'Van de lasten gaat ',
        cast(round(to_joint_bodies * 100) as integer),
        ' % naar gemeenschappelijke regelingen'
    ) as reason
from shares
where to_joint_bodies > 0.50
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    subject_kind,
    subject_code,
    concat(
        'Baten zijn ',
        cast(round(revenue_keur * 100 / expenses_keur) as integer),
        ' % van de lasten: of andere overheden meebetalen, zegt de bron niet'
    ) as reason
from paid_by_unknown
where revenue_keur > 0.10 * expenses_keur
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    subject_kind,
    subject_code,
    case
        when known_share > 0.10
            then concat(
                'Baten zijn niet bekend; in ',
                known_year,
                ' waren ze ',
                cast(round(known_share * 100) as integer),
                ' % van de lasten: andere overheden kunnen meebetalen'
            )
        when subject_kind = 'taakveld'
            then 'Baten zijn niet bekend: andere overheden kunnen hier meebetalen'
        else concat(
            'Baten zijn niet bekend: op taakvelden met ',
            cast(round(with_revenue_keur * 100 / expenses_keur) as integer),
            ' % van de lasten kunnen andere overheden meebetalen'
        )
    end as reason
from nearest
where coalesce(known_share, 0) > 0.10 or with_revenue_keur > 0.05 * expenses_keur

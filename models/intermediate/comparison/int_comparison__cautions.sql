-- One row per boundary, municipality, year, report, subject and denominator that is hard to
-- compare: the worst that can be said of it, and all the reasons. Declared rules, national events,
-- a first year of new codes, money between governments, what is a choice of booking, expenses below
-- nothing, parts that are missing, reports that repeat another, and the budget of a year in which
-- the territory grew. What is a choice of booking or a copy is no peer of anybody.
with

spending as (

    select * from {{ ref('int_comparison__spending') }}

),

rules as (

    select * from {{ ref('stg_reference__comparability_rules') }}

),

events as (

    select * from {{ ref('stg_reference__distorting_events') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

money_of_others as (

    select * from {{ ref('int_comparison__money_of_others') }}

),

booking_choices as (

    select * from {{ ref('int_comparison__booking_choices') }}

),

repeated_reports as (

    select * from {{ ref('int_comparison__repeated_reports') }}

),

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}
    where kind in ('absorption', 'split')

),

subjects as (

    select distinct
        fiscal_year,
        report,
        subject_kind,
        subject_code
    from spending

),

event_subjects as (

    select
        'taakveld' as subject_kind,
        events.taakveld_code as subject_code,
        events.*
    from events
    union all
    select distinct
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code,
        events.*
    from events
    inner join taakvelden on events.taakveld_code = taakvelden.taakveld_code

),

-- Who a subject is divided by: a caution is of one of these, or of any.
measured as (

    select distinct
        subject_kind,
        subject_code,
        denominator
    from {{ ref('int_comparison__iv3_measures') }}

),

general as (

    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        rules.denominator,
        rules.comparability,
        rules.reason
    from subjects
    inner join rules
        on
            subjects.subject_kind = rules.subject_kind
            and subjects.subject_code = rules.subject_code
            and subjects.fiscal_year
            between rules.valid_from_year and coalesce(rules.valid_to_year, 9999)
    union
    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        'any' as denominator,
        'caution' as comparability,
        concat(event_subjects.event_name, ': ', event_subjects.effect) as reason
    from subjects
    inner join event_subjects
        on
            subjects.subject_kind = event_subjects.subject_kind
            and subjects.subject_code = event_subjects.subject_code
            and subjects.fiscal_year
            between if(
                subjects.report = 'budget',
                event_subjects.first_budget_year,
                event_subjects.valid_from_year
            )
            and coalesce(event_subjects.valid_to_year, 9999)
    union
    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        'any' as denominator,
        'caution' as comparability,
        'Eerste jaar van deze code: gemeenten boeken nog niet allemaal hetzelfde' as reason
    from subjects
    inner join taakvelden
        on
            subjects.subject_kind = 'taakveld'
            and subjects.subject_code = taakvelden.taakveld_code
            and subjects.fiscal_year = taakvelden.valid_from_year
            and taakvelden.valid_from_year > 2017
    anti join taakvelden as earlier
        on
            subjects.subject_code = earlier.taakveld_code
            and earlier.valid_to_year = taakvelden.valid_from_year - 1

),

-- What is said of one municipality alone, whoever it is divided by.
remarks as (

    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'caution' as comparability,
        true as is_peer,
        reason
    from money_of_others
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'caution' as comparability,
        false as is_peer,
        reason
    from booking_choices
    union all
    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        if(repeated_reports.is_copy, 'not_comparable', 'caution') as comparability,
        not repeated_reports.is_copy as is_peer,
        repeated_reports.reason
    from spending
    inner join repeated_reports
        on
            spending.boundary = repeated_reports.boundary
            and spending.municipality_code = repeated_reports.municipality_code
            and spending.fiscal_year = repeated_reports.fiscal_year
            and spending.report = repeated_reports.report
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'caution' as comparability,
        true as is_peer,
        'Negatieve lasten: een correctie of vrijval van wat eerder is geboekt' as reason
    from spending
    where expenses_keur < 0
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'caution' as comparability,
        true as is_peer,
        concat(
            'Zonder de uitgaven voor ',
            {{ number_nl('round(missing_share * 100, 1)') }},
            ' % van de inwoners: de gemeente waar zij toen woonden, ontbreekt'
        ) as reason
    from spending
    where missing_share > 0 and value_status = 'estimated'
    union all
    select distinct
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        'caution' as comparability,
        true as is_peer,
        'Groter door herindeling in dit jaar: de begroting kan nog over het oude gebied gaan'
            as reason
    from spending
    inner join changes
        on
            spending.municipality_code = changes.successor_code
            and spending.fiscal_year = year(changes.effective_date)
    where spending.report = 'budget' and spending.boundary = 'as_reported'

),

collected as (

    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        general.denominator,
        general.comparability,
        true as is_peer,
        general.reason
    from spending
    inner join general
        on
            spending.fiscal_year = general.fiscal_year
            and spending.report = general.report
            and spending.subject_kind = general.subject_kind
            and spending.subject_code = general.subject_code
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'any' as denominator,
        comparability,
        is_peer,
        reason
    from remarks

)

select
    collected.boundary,
    collected.municipality_code,
    collected.fiscal_year,
    collected.report,
    collected.subject_kind,
    collected.subject_code,
    measured.denominator,
    if(bool_or(collected.comparability = 'not_comparable'), 'not_comparable', 'caution')
        as comparability,
    bool_and(collected.is_peer) as is_peer,
    string_agg(collected.reason, '; ' order by collected.reason) as reasons
from collected
inner join measured
    on
        collected.subject_kind = measured.subject_kind
        and collected.subject_code = measured.subject_code
        and collected.denominator in ('any', measured.denominator)
group by
    collected.boundary,
    collected.municipality_code,
    collected.fiscal_year,
    collected.report,
    collected.subject_kind,
    collected.subject_code,
    measured.denominator

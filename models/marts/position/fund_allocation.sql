with

booking_choices as (

    select * from {{ ref('int_comparison__booking_choices') }}
    where boundary = 'as_reported' and subject_kind = 'fund_cluster'

),

differences as (

    select
        differences.*,
        booking_choices.reason as booking_reason
    from {{ ref('int_position__fund_differences') }} as differences
    left join booking_choices
        on
            differences.municipality_code = booking_choices.municipality_code
            and differences.fiscal_year = booking_choices.fiscal_year
            and differences.net_cost_report = booking_choices.report
            and differences.fund_cluster_code = booking_choices.subject_code

),

members as (

    select * from {{ ref('int_peers__members') }}
    where
        boundary = 'as_reported'
        and (peer_group_code = 'all' or starts_with(peer_group_code, 'size_class_'))

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

placed as (

    select
        differences.municipality_code,
        differences.fiscal_year,
        differences.circular,
        differences.fund_cluster_code,
        differences.difference_eur_per_inhabitant,
        differences.booking_reason is null as is_peer,
        members.peer_group_code,
        members.peer_group_code = 'all' as is_all
    from differences
    inner join members
        on
            differences.municipality_code = members.municipality_code
            and differences.fiscal_year = members.fiscal_year

),

beside_others as (

    select
        own.municipality_code,
        own.fiscal_year,
        own.circular,
        own.fund_cluster_code,
        own.peer_group_code,
        own.is_all,
        count(others.difference_eur_per_inhabitant) as peers_n,
        case
            when count(others.difference_eur_per_inhabitant) >= 5
                then round(median(cast(others.difference_eur_per_inhabitant as double)), 2)
        end as peer_median
    from placed as own
    left join placed as others
        on
            own.fiscal_year = others.fiscal_year
            and own.circular = others.circular
            and own.fund_cluster_code = others.fund_cluster_code
            and own.peer_group_code = others.peer_group_code
            and own.municipality_code != others.municipality_code
            and others.is_peer
            and others.difference_eur_per_inhabitant is not null
    group by all

)

select
    differences.municipality_code,
    differences.fiscal_year,
    differences.circular,
    differences.fund_cluster_code,
    municipalities.municipality_name,
    differences.circular_name,
    differences.fund_cluster_name,
    differences.payment_factor,
    differences.contents,
    differences.allocation_keur,
    differences.net_cost_report,
    differences.taakveld_clusters as taakveld_clusters_text,
    differences.net_cost_keur,
    differences.difference_keur,
    differences.inhabitants,
    {{ eur_per_inhabitant('differences.allocation_keur', 'differences.inhabitants') }}
        as allocation_eur_per_inhabitant,
    {{ eur_per_inhabitant('differences.net_cost_keur', 'differences.inhabitants') }}
        as net_cost_eur_per_inhabitant,
    differences.difference_eur_per_inhabitant,
    size_class.peer_group_code,
    cast(coalesce(size_class.peers_n, 0) as integer) as peers_n,
    cast(size_class.peer_median as decimal(18, 2))
        as difference_peer_median_eur_per_inhabitant,
    cast(coalesce(country.peers_n, 0) as integer) as all_peers_n,
    cast(country.peer_median as decimal(18, 2)) as difference_all_median_eur_per_inhabitant,
    case
        when differences.difference_keur is null then 'not_comparable'
        when differences.booking_reason is not null then 'caution'
        else 'comparable'
    end as comparability,
    case
        when differences.difference_keur is not null then differences.booking_reason
        when differences.taakveld_clusters is null then differences.correspondence
        else coalesce(
            differences.reason_against,
            concat(
                'Geen netto lasten: ',
                {{ label_nl('value_status', 'differences.value_status') }}
            )
        )
    end as comparability_reasons,
    differences.correspondence as correspondence_text,
    'Niet geoormerkt: een gemeente bepaalt zelf waaraan zij het gemeentefonds besteedt'
        as caution_text,
    differences.value_status,
    differences.source
from differences
left join municipalities on differences.municipality_code = municipalities.municipality_code
left join beside_others as size_class
    on
        differences.municipality_code = size_class.municipality_code
        and differences.fiscal_year = size_class.fiscal_year
        and differences.circular = size_class.circular
        and differences.fund_cluster_code = size_class.fund_cluster_code
        and not size_class.is_all
left join beside_others as country
    on
        differences.municipality_code = country.municipality_code
        and differences.fiscal_year = country.fiscal_year
        and differences.circular = country.circular
        and differences.fund_cluster_code = country.fund_cluster_code
        and country.is_all
order by
    differences.municipality_code,
    differences.fiscal_year,
    differences.circular,
    differences.fund_cluster_code

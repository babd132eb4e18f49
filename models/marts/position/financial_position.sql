{%- set amounts = [
    'equity', 'general_reserve', 'earmarked_reserves', 'result', 'provisions', 'debt', 'net_debt',
] -%}
{%- set of_revenue = ['equity', 'result', 'net_debt'] -%}
{%- set compared = ['equity', 'general_reserve', 'result', 'net_debt'] -%}
with

balances as (

    select * from {{ ref('int_position__balances') }}

),

totals as (

    select * from {{ ref('int_iv3__totals') }}
    where report = 'accounts'

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where report = 'accounts' and boundary = 'as_reported'

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

members as (

    select * from {{ ref('peer_group_members') }}
    where starts_with(peer_group_code, 'size_class_') and boundary = 'as_reported'

),

judged as (

    select
        totals.municipality_code,
        totals.fiscal_year,
        totals.revenue_keur,
        totals.revenue_keur - totals.expenses_keur + totals.transfer_from_reserves_keur
        - totals.transfer_to_reserves_keur as result_of_flows_keur,
        balances.difference_keur as balance_difference_keur,
        balances.reconciliation as balance_reconciliation,
        {%- for amount in amounts %}
        if(balances.is_doubled, null, balances.{{ amount }}_keur) as {{ amount }}_keur,
        {%- endfor %}
        totals.source_table,
        totals.source_delivery,
        case
            when totals.value_status in ('not_reported', 'not_applicable')
                then totals.value_status
            when balances.municipality_code is null then 'not_captured'
            when balances.is_doubled then 'not_recomputable'
            else totals.value_status
        end as value_status,
        case
            when totals.value_status in ('not_reported', 'not_applicable') then null
            when balances.municipality_code is null
                then 'De balans staat niet in onze kopie'
            when balances.is_doubled
                then 'De bron geeft twee gemeenten in dit jaar een en dezelfde balans'
            when balances.reconciliation = 'contradiction'
                then concat(
                    'Activa en passiva verschillen ',
                    {{ number_nl('abs(balances.difference_keur)') }}, ' duizend euro'
                )
            when balances.result_keur is null
                then 'De balans heeft geen post voor het saldo van het jaar'
        end as status_reason
    from totals
    left join balances
        on
            totals.municipality_code = balances.municipality_code
            and totals.fiscal_year = balances.fiscal_year

),

per_head as (

    select
        judged.*,
        population.inhabitants,
        members.peer_group_code,
        {%- for amount in amounts %}
        {{ eur_per_inhabitant('judged.' ~ amount ~ '_keur', 'population.inhabitants') }}
            as {{ amount }}_eur_per_inhabitant,
        {%- endfor %}
        coalesce(
            judged.value_status in ('reported', 'provisional')
            and judged.balance_reconciliation != 'contradiction',
            false
        ) as is_peer
    from judged
    left join population
        on
            judged.municipality_code = population.municipality_code
            and judged.fiscal_year = population.fiscal_year
    left join members
        on
            judged.municipality_code = members.municipality_code
            and judged.fiscal_year = members.fiscal_year

),

peers as (

    select
        own.municipality_code,
        own.fiscal_year,
        {%- for amount in compared %}
        if(
            count(others.{{ amount }}_eur_per_inhabitant) >= 5,
            median(cast(others.{{ amount }}_eur_per_inhabitant as double)),
            null
        ) as {{ amount }}_peer_median,
        {%- endfor %}
        count(others.municipality_code) as peers_n
    from per_head as own
    left join per_head as others
        on
            own.fiscal_year = others.fiscal_year
            and own.peer_group_code = others.peer_group_code
            and own.municipality_code != others.municipality_code
            and others.is_peer
    group by own.municipality_code, own.fiscal_year

)

select
    per_head.municipality_code,
    per_head.fiscal_year,
    municipalities.municipality_name,
    {%- for amount in amounts %}
    cast(per_head.{{ amount }}_keur as decimal(18, 3)) as {{ amount }}_keur,
    {%- endfor %}
    per_head.revenue_keur,
    per_head.inhabitants,
    {%- for amount in amounts %}
    per_head.{{ amount }}_eur_per_inhabitant,
    {%- endfor %}
    {%- for amount in of_revenue %}
    cast(
        round(per_head.{{ amount }}_keur * 100.0 / nullif(per_head.revenue_keur, 0), 6)
        as decimal(18, 6)
    ) as {{ amount }}_pct_of_revenue,
    {%- endfor %}
    {%- for amount in ['equity', 'net_debt'] %}
    cast(
        per_head.{{ amount }}_eur_per_inhabitant - year_before.{{ amount }}_eur_per_inhabitant
        as decimal(18, 2)
    ) as {{ amount }}_change_eur_per_inhabitant,
    {%- endfor %}
    per_head.peer_group_code,
    cast(peers.peers_n as integer) as peers_n,
    {%- for amount in compared %}
    cast(round(peers.{{ amount }}_peer_median, 2) as decimal(18, 2))
        as {{ amount }}_peer_median_eur_per_inhabitant,
    {%- endfor %}
    cast(per_head.result_of_flows_keur as decimal(18, 3)) as result_of_flows_keur,
    cast(per_head.result_of_flows_keur - per_head.result_keur as decimal(18, 3))
        as result_difference_keur,
    case
        when per_head.value_status not in ('reported', 'provisional') then null
        when per_head.result_keur is null then 'scope_differs'
        when per_head.result_of_flows_keur = per_head.result_keur then 'holds'
        when abs(per_head.result_of_flows_keur - per_head.result_keur) <= 100 then 'rounding'
        else 'not_reconciled'
    end as result_reconciliation,
    cast(per_head.balance_difference_keur as decimal(18, 3)) as balance_difference_keur,
    per_head.balance_reconciliation,
    case
        when per_head.value_status in ('reported', 'provisional') and per_head.result_keur is null
            then 'not_published'
        else per_head.value_status
    end as result_status,
    per_head.value_status,
    per_head.status_reason,
    per_head.source_table,
    per_head.source_delivery
from per_head
inner join peers
    on
        per_head.municipality_code = peers.municipality_code
        and per_head.fiscal_year = peers.fiscal_year
left join per_head as year_before
    on
        per_head.municipality_code = year_before.municipality_code
        and per_head.fiscal_year = year_before.fiscal_year + 1
left join municipalities on per_head.municipality_code = municipalities.municipality_code
order by per_head.municipality_code, per_head.fiscal_year

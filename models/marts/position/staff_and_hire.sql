with

shares as (

    select * from {{ ref('int_position__shares') }}
    where share_code = 'hired_staff'

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    shares.municipality_code,
    shares.fiscal_year,
    shares.report,
    municipalities.municipality_name,
    cast(shares.whole_keur - shares.part_keur as decimal(18, 3)) as wages_keur,
    cast(shares.part_keur as decimal(18, 3)) as hired_staff_keur,
    cast(shares.share_pct as decimal(18, 6)) as hired_staff_pct,
    shares.peer_group_code,
    cast(shares.peers_n as integer) as peers_n,
    cast(round(shares.peer_median_pct, 6) as decimal(18, 6)) as peer_median_pct,
    'Gemeenten boeken inhuur verschillend: wat in een uitbesteed product zit, telt niet mee'
        as caution_text,
    shares.share_status as value_status,
    shares.source_table,
    shares.source_delivery
from shares
left join municipalities on shares.municipality_code = municipalities.municipality_code
order by shares.municipality_code, shares.fiscal_year, shares.report

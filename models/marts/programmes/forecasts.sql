with

forecasts as (

    select * from {{ ref('stg_accounts__forecasts') }}

),

outturns as (

    select * from {{ ref('int_accounts__finance_cells') }}
    where flow = 'net_cost_after_reserves' and phase = 'variance' and is_total

)

select
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage,
    forecasts.forecast_keur,
    outturns.amount_keur as outturn_keur,
    cast(outturns.amount_keur - forecasts.forecast_keur as decimal(18, 3)) as error_keur,
    forecasts.basis,
    forecasts.forecast_text,
    forecasts.source_document,
    forecasts.source_line
from forecasts
left join outturns
    on
        forecasts.municipality_code = outturns.municipality_code
        and forecasts.fiscal_year = outturns.fiscal_year
        and forecasts.programme_code = outturns.programme_code
order by
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage

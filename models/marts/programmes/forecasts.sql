-- A forecast is compared with the outturn on one budget: what was added to the budget since is
-- added to the forecast.
with

forecasts as (

    select * from {{ ref('stg_accounts__forecasts') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

outturns as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        sum(amount_keur) as outturn_keur
    from cells
    where phase = 'variance' and (not is_total or flow = 'net_cost_after_reserves')
    group by municipality_code, fiscal_year, programme_code, line_item

),

like_for_like as (

    select
        *,
        forecast_keur + coalesce(budget_added_keur, 0) as forecast_like_for_like_keur
    from forecasts

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('like_for_like') }}

)

select
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage,
    forecasts.municipality_name,
    forecasts.programme_name,
    forecasts.line_item,
    forecasts.forecast_keur,
    forecasts.hedge,
    forecasts.budget_basis,
    forecasts.budget_added_keur,
    cast(forecasts.forecast_like_for_like_keur as decimal(18, 3)) as forecast_like_for_like_keur,
    cast(outturns.outturn_keur as decimal(18, 3)) as outturn_keur,
    if(outturns.outturn_keur is null, null, 'final_budget') as outturn_budget_basis,
    cast(outturns.outturn_keur - forecasts.forecast_like_for_like_keur as decimal(18, 3))
        as error_keur,
    forecasts.basis,
    forecasts.forecast_text,
    forecasts.source_document,
    forecasts.source_line
from named as forecasts
left join outturns
    on
        forecasts.municipality_code = outturns.municipality_code
        and forecasts.fiscal_year = outturns.fiscal_year
        and forecasts.programme_code = outturns.programme_code
        and forecasts.line_item = outturns.line_item
order by
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage

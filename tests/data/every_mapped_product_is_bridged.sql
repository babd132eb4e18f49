-- Offenders: rows of the mapping that reach no product: a name not as printed, or one that a newer
-- delivery has changed. Only a warning, because its money is then published as `unmapped`.
{{ config(severity='warn') }}

select
    mapped.municipality_code,
    mapped.fiscal_year,
    mapped.programme_code,
    mapped.product_name,
    mapped.taakveld_code
from {{ ref('stg_reference__product_taakvelden') }} as mapped
anti join {{ ref('programme_taakveld_bridge') }} as bridge
    on
        mapped.municipality_code = bridge.municipality_code
        and mapped.fiscal_year = bridge.fiscal_year
        and mapped.programme_code = bridge.programme_code
        and mapped.product_name = bridge.product_name
        and mapped.taakveld_code = bridge.taakveld_code

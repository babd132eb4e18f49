-- One row per programme and way of tying own indicators to products: the expenses of its products
-- and of those without an indicator. Null where the chapter has no such level or no expenses.
with

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}
    where indicator_kind = 'own'

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

bases as (

    select
        programmes.municipality_code,
        programmes.fiscal_year,
        programmes.programme_code,
        basis.coverage_basis,
        basis.place_type,
        programmes.source_document,
        programmes.source_line
    from programmes
    cross join (
        values
        ('objective', 'objective'), ('objective_printed', 'objective'),
        ('theme', 'theme'), ('product', 'product')
    ) as basis (coverage_basis, place_type)

),

products as (

    select
        product.municipality_code,
        product.fiscal_year,
        product.programme_code,
        product.node_name,
        product.expenses_actual_keur,
        case when parent.node_type = 'theme' then parent.node_code end as theme_codes,
        case parent.node_type
            when 'theme' then parent.parent_node_code
            when 'objective' then parent.node_code
        end as objective_code
    from goal_tree as product
    left join goal_tree as parent
        on
            product.municipality_code = parent.municipality_code
            and product.fiscal_year = parent.fiscal_year
            and product.programme_code = parent.programme_code
            and product.parent_node_code = parent.node_code
    where product.node_type = 'product'

),

-- A product under several themes ("1|2|3") has a place in each.
places as (

    select
        *,
        'theme' as place_type,
        unnest(string_split(theme_codes, '|')) as place
    from products
    where theme_codes is not null
    union all
    select
        *,
        'objective' as place_type,
        objective_code as place
    from products
    where objective_code is not null
    union all
    select
        *,
        'product' as place_type,
        node_name as place
    from products

),

measured as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        'theme' as coverage_basis,
        theme_code as place
    from indicators
    union
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'objective_printed' as coverage_basis,
        objective_code_printed as place
    from indicators
    union
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'objective' as coverage_basis,
        coalesce(objective_code_via_theme, objective_code_printed) as place
    from indicators
    union
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'product' as coverage_basis,
        unnest(string_split(products, '|')) as place
    from indicators

),

-- What an indicator is about is a judgement: where nobody judged one, nothing is counted by it.
unjudged as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        'product' as coverage_basis
    from indicators
    group by municipality_code, fiscal_year, programme_code
    having count(products) = 0

),

products_measured as (

    select
        bases.municipality_code,
        bases.fiscal_year,
        bases.programme_code,
        bases.coverage_basis,
        places.node_name,
        any_value(places.expenses_actual_keur) as expenses_keur,
        bool_or(measured.place is not null) as is_measured
    from bases
    inner join places
        on
            bases.municipality_code = places.municipality_code
            and bases.fiscal_year = places.fiscal_year
            and bases.programme_code = places.programme_code
            and bases.place_type = places.place_type
    left join measured
        on
            bases.municipality_code = measured.municipality_code
            and bases.fiscal_year = measured.fiscal_year
            and bases.programme_code = measured.programme_code
            and bases.coverage_basis = measured.coverage_basis
            and places.place = measured.place
    anti join unjudged
        on
            bases.municipality_code = unjudged.municipality_code
            and bases.fiscal_year = unjudged.fiscal_year
            and bases.programme_code = unjudged.programme_code
            and bases.coverage_basis = unjudged.coverage_basis
    group by
        bases.municipality_code,
        bases.fiscal_year,
        bases.programme_code,
        bases.coverage_basis,
        places.node_name

),

counted as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        coverage_basis,
        count(*) as products_n,
        count(*) filter (where not is_measured) as products_without_indicator_n,
        string_agg(node_name, '|' order by node_name) filter (where not is_measured)
            as products_without_indicator,
        sum(expenses_keur) as expenses_keur,
        coalesce(sum(expenses_keur) filter (where not is_measured), 0) as without_keur
    from products_measured
    group by municipality_code, fiscal_year, programme_code, coverage_basis
    having sum(expenses_keur) is not null

)

select
    bases.municipality_code,
    bases.fiscal_year,
    bases.programme_code,
    bases.coverage_basis,
    cast(counted.expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(counted.without_keur as decimal(18, 3)) as expenses_without_indicator_keur,
    cast(
        round(100.0 * counted.without_keur / nullif(counted.expenses_keur, 0), 6)
        as decimal(9, 6)
    ) as expenses_without_indicator_pct,
    cast(counted.products_n as integer) as products_n,
    cast(counted.products_without_indicator_n as integer) as products_without_indicator_n,
    counted.products_without_indicator,
    if(counted.expenses_keur is null, 'not_applicable', 'reported') as value_status,
    bases.source_document,
    bases.source_line
from bases
left join counted
    on
        bases.municipality_code = counted.municipality_code
        and bases.fiscal_year = counted.fiscal_year
        and bases.programme_code = counted.programme_code
        and bases.coverage_basis = counted.coverage_basis

with

derivations as (

    select * from {{ ref('stg_reference__derivations') }}

),

inputs as (

    select * from {{ ref('stg_reference__derivation_inputs') }}

),

queries as (

    select * from {{ ref('stg_reference__derivation_queries') }}

)

select
    derivations.table_name,
    derivations.column_name,
    derivations.derivation_no,
    coalesce(inputs.input_no, 0) as input_no,
    derivations.applies_when,
    derivations.operation,
    derivations.formula,
    inputs.input_table,
    inputs.input_column,
    queries.input_query,
    derivations.description
from derivations
left join inputs
    on
        derivations.table_name = inputs.table_name
        and derivations.column_name = inputs.column_name
        and derivations.derivation_no = inputs.derivation_no
left join queries on inputs.query_name = queries.query_name
order by
    derivations.table_name, derivations.column_name, derivations.derivation_no, input_no

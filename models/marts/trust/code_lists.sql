-- Every list of codes with its words. Which columns hold a list is read from their tests.
with

codes as (

    select * from {{ ref('stg_reference__codes') }}

),

coded_columns (table_name, column_name, list_name) as (

    values
    {% for table_name, column_name, list_name in coded_columns() or [('', '', '')] %}
    ('{{ table_name }}', '{{ column_name }}', '{{ list_name }}'){{ ',' if not loop.last }}
    {% endfor %}

),

places as (

    select
        list_name,
        string_agg(
            concat(table_name, '.', column_name), ', ' order by table_name, column_name
        ) as used_in
    from coded_columns
    group by list_name

)

select
    codes.code_list as list_name,
    codes.code,
    coalesce(codes.label_nl, wider.label_nl) as label_nl,
    coalesce(codes.label_en, wider.label_en) as label_en,
    cast(
        row_number() over (partition by codes.code_list order by codes.code_no) as integer
    ) as code_no,
    places.used_in
from codes
left join codes as wider on codes.within = wider.code_list and codes.code = wider.code
left join places on codes.code_list = places.list_name
order by codes.code_list, codes.code

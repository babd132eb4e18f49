with source as (

    select * from {{ source('cbs', 'iv3_cells') }}

),

renamed as (

    select
        cast(id as bigint) as cell_no,
        cast(_year as integer) as fiscal_year,
        trim(region_code) as municipality_code,
        right(trim(report_code), 4) as report_suffix,
        trim(taakveld_code) as taakveld_code,
        trim(category_code) as category_code,
        cast(first_publication as decimal(18, 3)) as first_keur,
        cast(second_publication as decimal(18, 3)) as second_keur,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source

)

select * from renamed

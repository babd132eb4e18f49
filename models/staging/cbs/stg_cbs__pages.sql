with source as (

    select * from {{ source('cbs', 'pages') }}

),

renamed as (

    select
        _table as source_table,
        _delivery as source_delivery,
        _file as source_page,
        dataset,
        cast(_year as integer) as table_year,
        part,
        title,
        modified,
        licence,
        url,
        cast(rows as integer) as rows_n,
        _sha256 as sha256,
        _fetched_at as fetched_at
    from source

)

select * from renamed

with source as (

    select
        *,
        row_number() over () as code_no
    from {{ source('reference', 'codes') }}

),

renamed as (

    select
        trim(code_list) as code_list,
        trim(within) as within,
        cast(code_no as integer) as code_no,
        trim(code) as code,
        trim(label_nl) as label_nl,
        trim(label_en) as label_en
    from source

)

select * from renamed

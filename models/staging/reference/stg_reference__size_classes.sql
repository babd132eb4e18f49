with source as (

    select * from {{ source('reference', 'size_classes') }}

),

renamed as (

    select
        trim(size_class) as size_class,
        trim(size_class_name) as size_class_name,
        cast(inhabitants_from as integer) as inhabitants_from,
        cast(inhabitants_to as integer) as inhabitants_to,
        trim(source) as source
    from source

)

select * from renamed

-- Chapters of accounts as we have them, and everything else that a figure of source_facts was read
-- in: tables of CBS, editions of BZK, pages that municipalities published.
with

chapters as (

    select * from {{ ref('stg_accounts__documents') }}

),

acceptances as (

    select * from {{ ref('stg_accounts__acceptances') }}

),

-- Documents of which no row is of a programme.
own as (

    select * from {{ ref('stg_accounts__own_documents') }}
    where name not in (select chapters.name from chapters)

),

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

),

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

facts as (

    select
        source_document,
        min(left(period, 4)) filter (where starts_with(dataset, 'iv3')) as iv3_year
    from {{ ref('source_facts') }}
    where not starts_with(source_document, 'seeds/')
    group by source_document

),

described as (

    -- A file of tables may hold several programmes, years or municipalities.
    select
        chapters.name as source_document,
        min(chapters.title) as title,
        if(
            count(distinct names.municipality_name) = 1,
            concat('Gemeente ', min(names.municipality_name)),
            'Gemeenten'
        ) as publisher,
        min(chapters.address) as address,
        coalesce(
            if(min(acceptances.review_status) = 'delivered', 'aangeleverde tabel', null),
            min(programmes.document_type),
            'jaarstukken'
        ) as document_type,
        if(count(distinct chapters.fiscal_year) = 1, min(chapters.fiscal_year), null)
            as fiscal_year,
        min(chapters.sha256) as source_sha256,
        coalesce(min(acceptances.review_status), 'bundled') as review_status,
        min(acceptances.accepted_by) as accepted_by,
        min(acceptances.accepted_on) as accepted_on,
        min(acceptances.page_lines) as page_lines
    from chapters
    inner join programmes
        on
            chapters.municipality_code = programmes.municipality_code
            and chapters.fiscal_year = programmes.fiscal_year
            and chapters.programme_code = programmes.programme_code
    inner join names
        on
            chapters.municipality_code = names.municipality_code
            and chapters.fiscal_year = names.fiscal_year
            and chapters.programme_code = names.programme_code
    left join acceptances
        on
            chapters.municipality_code = acceptances.municipality_code
            and chapters.fiscal_year = acceptances.fiscal_year
            and chapters.programme_code = acceptances.programme_code
            and chapters.name = acceptances.name
    group by chapters.name
    union all
    select
        own.name as source_document,
        own.name as title,
        if(
            count(distinct municipalities.municipality_name) = 1,
            concat('Gemeente ', min(municipalities.municipality_name)),
            'Gemeenten'
        ) as publisher,
        cast(null as varchar) as address,
        'aangeleverde tabel' as document_type,
        if(count(distinct own.fiscal_year) = 1, min(own.fiscal_year), null) as fiscal_year,
        min(own.sha256) as source_sha256,
        'delivered' as review_status,
        min(own.accepted_by) as accepted_by,
        min(own.accepted_on) as accepted_on,
        cast(null as varchar) as page_lines
    from own
    inner join municipalities on own.municipality_code = municipalities.municipality_code
    group by own.name
    union all
    select
        facts.source_document,
        case
            when starts_with(facts.source_document, 'http') then null
            when facts.iv3_year is not null
                then concat(
                    'Iv3 van gemeenten ', facts.iv3_year, ' (', facts.source_document, ')'
                )
            else facts.source_document
        end as title,
        case
            when starts_with(facts.source_document, 'http')
                then regexp_extract(facts.source_document, '^https?://([^/]+)', 1)
            when regexp_matches(facts.source_document, '^CBS\b') then 'CBS'
            when regexp_matches(facts.source_document, '\bBZK\b')
                then 'Ministerie van Binnenlandse Zaken en Koninkrijksrelaties'
        end as publisher,
        if(starts_with(facts.source_document, 'http'), facts.source_document, null) as address,
        case
            when starts_with(facts.source_document, 'http') then 'begroting of jaarverslag'
            else 'statistiek of register'
        end as document_type,
        cast(null as integer) as fiscal_year,
        cast(null as varchar) as source_sha256,
        cast(null as varchar) as review_status,
        cast(null as varchar) as accepted_by,
        cast(null as date) as accepted_on,
        cast(null as varchar) as page_lines
    from facts
    -- A weight names the lines of a chapter that it was read from.
    anti join chapters on starts_with(facts.source_document, chapters.name)

)

select
    source_document,
    title,
    publisher,
    address,
    document_type,
    fiscal_year,
    source_sha256,
    review_status,
    accepted_by,
    accepted_on,
    page_lines
from described
order by source_document

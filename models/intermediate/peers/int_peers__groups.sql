-- One row per peer group that has members: what it is, and of whom where it is one municipality's.
-- `left_out` is the theme of features that its neighbours were chosen without; `any` for groups
-- that features did not choose. `group_no` numbers them in the order of their codes.
with

members as (

    select distinct peer_group_code from {{ ref('int_peers__members') }}

),

neighbours as (

    select distinct
        municipality_code,
        left_out
    from {{ ref('int_peers__neighbours') }}

),

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

),

size_classes as (

    select * from {{ ref('stg_reference__size_classes') }}

),

provinces as (

    select * from {{ ref('stg_reference__provinces') }}

),

regions as (

    select distinct
        region_code,
        region_name
    from {{ ref('stg_reference__municipality_regions') }}
    where region_kind = 'youth'

),

structure as (

    select distinct
        social_structure,
        centre_function
    from {{ ref('stg_reference__structure_classes') }}
    where centre_function is not null

),

-- What a group was called last, and who set it in any year.
own as (

    select
        peer_group_code,
        max_by(peer_group_name, fiscal_year) as peer_group_name,
        any_value(of_municipality_code) as of_municipality_code,
        string_agg(distinct set_by, ', ' order by set_by) as set_by,
        string_agg(distinct source_document, ', ' order by source_document) as source_documents
    from {{ ref('int_peers__own_members') }}
    group by peer_group_code

),

described as (

    select
        'all' as peer_group_code,
        'Alle gemeenten' as peer_group_name,
        'all' as peer_group_kind,
        'Alle gemeenten van die indeling' as definition,
        'CBS, gemeentelijke indeling' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    union all
    select
        concat('size_class_', size_class) as peer_group_code,
        concat('Gemeenten met ', size_class_name) as peer_group_name,
        'size_class' as peer_group_kind,
        'Inwoners op 1 januari van dat jaar' as definition,
        source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from size_classes
    union all
    select
        concat('province_', province_code) as peer_group_code,
        concat('Gemeenten in ', province_name) as peer_group_name,
        'province' as peer_group_kind,
        'Provincie van die indeling' as definition,
        source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from provinces
    union all
    select
        concat('region_', region_code) as peer_group_code,
        concat('Gemeenten in jeugdregio ', region_name) as peer_group_name,
        'region' as peer_group_kind,
        'Jeugdzorgregio van 2016; nieuwe gemeenten in de regio van de meeste oude' as definition,
        'BZK, Regioatlas 2016' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from regions
    union all
    select
        'centre_shelter' as peer_group_code,
        'Centrumgemeenten voor opvang en beschermd wonen' as peer_group_name,
        'centre' as peer_group_kind,
        'Centrumgemeenten van 2016' as definition,
        'BZK, Regioatlas 2016' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    union all
    select
        concat('structure_', social_structure, '_', centre_function) as peer_group_code,
        concat(
            'Gemeenten met sociale structuur ',
            social_structure,
            ', centrumfunctie ',
            centre_function
        ) as peer_group_name,
        'structure' as peer_group_kind,
        'Sociale structuur en centrumfunctie, indeling 2023' as definition,
        'BZK, selectie gelijksoortige gemeenten (gemeentefonds)' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from structure
    union all
    select
        concat(
            'nearest_10_',
            neighbours.municipality_code,
            if(neighbours.left_out = 'none', '', '_without_' || neighbours.left_out)
        ) as peer_group_code,
        concat(
            'Tien gemeenten die het meest op ',
            municipalities.municipality_name,
            ' lijken',
            case neighbours.left_out
                when 'benefits' then ' (zonder bijstand)'
                when 'age' then ' (zonder leeftijd)'
                else ''
            end
        ) as peer_group_name,
        'nearest' as peer_group_kind,
        concat(
            'Kleinste afstand in bevolking, dichtheid, leeftijd, bijstand, sociale structuur en',
            ' centrumfunctie, onder de gemeenten waarvan al deze kenmerken bekend zijn',
            case neighbours.left_out
                when 'benefits' then ', hier zonder bijstand'
                when 'age' then ', hier zonder leeftijd'
                else ''
            end
        ) as definition,
        'Eigen berekening; kenmerken in marts.neighbour_features' as source,
        neighbours.municipality_code as of_municipality_code,
        neighbours.left_out
    from neighbours
    inner join municipalities on neighbours.municipality_code = municipalities.municipality_code
    union all
    select
        own.peer_group_code,
        concat(own.peer_group_name, ' (eigen groep van ', municipalities.municipality_name, ')')
            as peer_group_name,
        'own' as peer_group_kind,
        concat('Samengesteld door ', municipalities.municipality_name, ': ', own.set_by)
            as definition,
        concat('Aangeleverd: ', own.source_documents) as source,
        own.of_municipality_code,
        'any' as left_out
    from own
    inner join municipalities on own.of_municipality_code = municipalities.municipality_code

)

select
    described.*,
    cast(
        described.peer_group_code as {{ enum_of(ref('int_peers__members'), 'peer_group_code') }}
    ) as peer_group,
    cast(row_number() over (order by described.peer_group_code) as integer) as group_no
from described
semi join members on described.peer_group_code = members.peer_group_code

{#- The unit of an identity, in Dutch, behind a number. -#}
{%- set in_unit = "if(unit = 'keur', ' x € 1.000', ' ' || replace(unit, 'percent', 'procent'))" %}
with

judged as (

    select * from {{ ref('int_reconciliation__judged') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('judged') }}

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    municipality_name,
    programme_name,
    if(unit = 'keur', left_value, null) as left_keur,
    if(unit = 'keur', right_value, null) as right_keur,
    if(unit = 'keur', difference, null) as difference_keur,
    if(unit = 'keur', null, left_value) as left_value,
    if(unit = 'keur', null, right_value) as right_value,
    unit,
    if(unit = 'keur', null, difference) as difference_value,
    relation,
    if(unit = 'keur', tolerance, null) as tolerance_keur,
    if(unit = 'keur', null, tolerance) as tolerance_value,
    status,
    {{ label_nl('reconciliation_status', 'status') }} as status_label,
    coalesce(
        explanation_judged,
        case status
            when 'rounding'
                then
                    'Binnen de afronding: elk gedrukt cijfer kan een halve eenheid afwijken, samen '
                    || {{ number_nl('tolerance') }} || {{ in_unit }}
            when 'undecidable'
                then
                    'Te grof afgerond om te toetsen: samen kan het '
                    || {{ number_nl('tolerance') }} || {{ in_unit }}
                    || ' schelen'
            when 'bridged'
                then
                    'De post ' || bridge_item || ' (' || {{ number_nl('bridge_value') }}
                    || ' x € 1.000) staat wel in de tabel en niet in de doelenboom'
        end
    ) as explanation,
    source_document,
    source_lines,
    municipality_response
from named
order by identity, municipality_code, fiscal_year, programme_code, subject, phase

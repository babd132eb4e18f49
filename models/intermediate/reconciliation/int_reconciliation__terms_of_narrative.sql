-- One row per figure in an identity of the narrative: each explained amount that has a line in the
-- cost table, each that is split into parts, the headline, and the sum of the components.
with

explanations as (

    select * from {{ ref('int_accounts__explanations') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

variances as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        is_total,
        amount_keur,
        {{ rounding_room(1) }} as room,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from cells
    where phase = 'variance'

),

amounts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        explanation_no,
        parent_explanation_no,
        role,
        subject,
        reconciliation,
        line_item,
        amount_keur,
        {{ rounding_room('rounded_to_keur', 'hedge') }} as room,
        source_document,
        source_line,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as seed_column
    from explanations

),

-- An amount that differs, also one on the wrong side of its hedge, has no room for rounding left.
lines_explained as (

    select
        * exclude (room),
        if(reconciliation = 'differs', 0, room) as room,
        reconciliation != 'differs' as is_rounded
    from amounts
    where role = 'component' and reconciliation != 'no_table_line'

),

unioned as (

    select
        'narrative_to_table' as identity,
        subject,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        amount_keur,
        room,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from lines_explained
    union all
    select
        'narrative_to_table' as identity,
        lines_explained.subject,
        'right' as side,
        variances.municipality_code,
        variances.fiscal_year,
        variances.programme_code,
        variances.amount_keur,
        if(lines_explained.is_rounded, variances.room, 0) as room,
        variances.source_document,
        variances.source_line,
        variances.seed_name,
        variances.seed_line,
        variances.seed_column
    from lines_explained
    inner join variances
        on
            lines_explained.municipality_code = variances.municipality_code
            and lines_explained.fiscal_year = variances.fiscal_year
            and lines_explained.programme_code = variances.programme_code
            and lines_explained.line_item = variances.line_item
    union all
    select
        checked.identity,
        checked.subject,
        'left' as side,
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.programme_code,
        amounts.amount_keur,
        amounts.room,
        amounts.source_document,
        amounts.source_line,
        amounts.seed_name,
        amounts.seed_line,
        amounts.seed_column
    from amounts
    inner join (
        values
        ('headline_to_table', 'headline', 'Resultaat in de tekst tegenover de tabel'),
        ('narrative_total_to_table', 'component', 'Som van de verklaringen tegenover de tabel'),
        (
            'narrative_total_to_headline', 'component',
            'Som van de verklaringen tegenover het genoemde resultaat'
        )
    ) as checked (identity, role, subject)
        on amounts.role = checked.role
    union all
    select
        checked.identity,
        checked.subject,
        'right' as side,
        variances.municipality_code,
        variances.fiscal_year,
        variances.programme_code,
        variances.amount_keur,
        variances.room,
        variances.source_document,
        variances.source_line,
        variances.seed_name,
        variances.seed_line,
        variances.seed_column
    from variances
    cross join (
        values
        ('headline_to_table', 'Resultaat in de tekst tegenover de tabel'),
        ('narrative_total_to_table', 'Som van de verklaringen tegenover de tabel')
    ) as checked (identity, subject)
    where variances.flow = 'net_cost_after_reserves' and variances.is_total
    union all
    select
        'narrative_total_to_headline' as identity,
        'Som van de verklaringen tegenover het genoemde resultaat' as subject,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        amount_keur,
        room,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from amounts
    where role = 'headline'
    union all
    select
        'parts_of_explanation' as identity,
        whole.subject,
        side.side,
        whole.municipality_code,
        whole.fiscal_year,
        whole.programme_code,
        if(side.side = 'left', whole.amount_keur, part.amount_keur) as amount_keur,
        if(side.side = 'left', whole.room, part.room) as room,
        whole.source_document,
        if(side.side = 'left', whole.source_line, part.source_line) as source_line,
        whole.seed_name,
        if(side.side = 'left', whole.seed_line, part.seed_line) as seed_line,
        whole.seed_column
    from amounts as whole
    inner join amounts as part
        on
            whole.municipality_code = part.municipality_code
            and whole.fiscal_year = part.fiscal_year
            and whole.programme_code = part.programme_code
            and whole.explanation_no = part.parent_explanation_no
    cross join (values ('left'), ('right')) as side (side)
    qualify
        side.side = 'right'
        or row_number() over (
            partition by whole.seed_line, side.side order by part.explanation_no
        ) = 1

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'variance' as phase,
    'equal' as relation,
    'keur' as unit,
    side,
    1 as factor,
    amount_keur as figure_value,
    room,
    null as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned

select
    list_name,
    code,
    label_nl
from marts.code_lists
where list_name in ('break_kind', 'comparability', 'structure_theme', 'report_of_comparison')
order by list_name, code

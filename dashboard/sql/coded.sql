select
    used_in,
    code,
    label_nl
from marts.code_lists
where used_in is not null
order by used_in, code

-- Offenders: identities between amounts in the prose of which a term finds no figure.
select *
from {{ ref('int_reconciliation__prose') }}
where left_value is null or right_value is null

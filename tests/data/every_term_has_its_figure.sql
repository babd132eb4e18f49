-- Offenders: terms of identities that find no figure.
select *
from {{ ref('int_reconciliation__terms') }}
where figure_value is null

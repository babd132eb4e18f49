-- Offenders: identities that do not hold within rounding and that no reviewer has judged. A status
-- from seeds/exceptions counts only for exactly the difference that was judged.
select *
from {{ ref('int_reconciliation__judged') }}
where
    status_decided = 'not_reconciled'
    and (not is_judged or expected_difference is distinct from difference)

-- Offenders: judgements of an identity that is gone, of another difference than the one found, or
-- with another status than the one that resulted. What was judged of a chapter need not hold once
-- figures of its programme were delivered anew.
select judgements.*
from {{ ref('stg_reference__reconciliation_judgements') }} as judgements
left join {{ ref('int_reconciliation__judged') }} as judged
    on
        judgements.identity = judged.identity
        and judgements.municipality_code = judged.municipality_code
        and judgements.fiscal_year = judged.fiscal_year
        and judgements.programme_code = judged.programme_code
        and judgements.subject = judged.subject
        and judgements.phase = judged.phase
anti join {{ ref('stg_accounts__acceptances') }} as acceptances
    on
        judgements.municipality_code = acceptances.municipality_code
        and judgements.fiscal_year = acceptances.fiscal_year
        and judgements.programme_code = acceptances.programme_code
where
    judged.identity is null
    or judgements.expected_difference is distinct from judged.difference
    or judgements.status is distinct from judged.status

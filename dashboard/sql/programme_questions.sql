select *
from marts.programme_questions
order by municipality_code, fiscal_year, programme_code, question_no

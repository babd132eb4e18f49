"""Tables that people drop: CSV and workbooks become rows of the accounts package, or refusals.

`text_file` and `workbook` know formats, `kinds` and `heads` what a column holds, `cells` and
`numbers` what a cell says, `judging` and `blocks` what is accepted. What a reader of a refusal
sees is in `words`, in Dutch. May not know where a file lies or what becomes of its rows.
"""

"""From a chapter of annual accounts, as text, HTML or PDF, to the rows of the accounts package.

`reading`, `markup` and `pdf_lines` make numbered lines of bytes; `sections` says what each line
belongs to; a module per subject (`finance`, `goals`, `indicators`, `statutory`, `actions`,
`explanations`, `facts`) makes rows of them; `numbers`, `identities` and `solving` decide what the
figures of a table are; `proving` holds the result against itself and `comparing` against reviewed
figures; `writing` and `report` put it on disk. What a source calls a thing is data (`vocabulary`).
Nothing here knows a municipality, a programme or a document by name, and no figure is ever guessed.
"""

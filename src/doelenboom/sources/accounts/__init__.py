"""Annual accounts: the package of tidy CSV files that holds what their chapters say.

`package` judges a package before anything is built from it; `tables` reads its files,
`rules` judges what is in them, `problems` says in one sentence what is wrong. May not
know where a package lies or what is built from it: folders are arguments.
"""

"""From what the subjects found to the accounts package in a folder, with its report.

In come values of every subject; out go rows as seeds/accounts has them, sums between subjects that
hold or do not, differences with what was reviewed, files. Each chapter is read in a process apart.
"""

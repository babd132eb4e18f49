"""What a chapter is about: from lines and tables to figures and names, a reader for each subject.

In come lines, their sections and tables; out go values that say where they are printed, and issues.
No subject knows another: what they say together is held against each other in `package`.
"""

{{ taakveld_spending('current') }}

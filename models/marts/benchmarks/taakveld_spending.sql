{{ taakveld_spending('as_reported') }}

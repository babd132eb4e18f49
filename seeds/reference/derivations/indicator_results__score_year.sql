select $score_year as value

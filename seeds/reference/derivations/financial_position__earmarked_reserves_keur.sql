select $earmarked_reserves_keur as value

select
    municipality_code,
    fiscal_year,
    neighbour_rank,
    municipality_name,
    neighbour_code,
    neighbour_name,
    distance,
    main_difference,
    stability,
    feature_year
from marts.nearest_neighbours
order by municipality_code, fiscal_year, neighbour_rank

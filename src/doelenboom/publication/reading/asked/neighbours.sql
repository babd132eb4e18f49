-- question: Welke tien gemeenten lijken in structuur het meest op een gemeente?
-- reading: Gekozen op bevolking, dichtheid, leeftijd, bijstand, sociale structuur en centrumfunctie; uitgaven kiezen niemand.
-- municipality: needed
-- year: newest
select
    neighbours.fiscal_year,
    municipalities.municipality_name,
    neighbours.neighbour_rank,
    neighbours.neighbour_name,
    cast(neighbours.distance as decimal(18, 2)) as distance,
    themes.label_nl as main_difference
from marts.nearest_neighbours as neighbours
inner join marts.dim_municipality_current as municipalities
    on neighbours.municipality_code = municipalities.municipality_code
left join marts.code_lists as themes
    on themes.list_name = 'structure_theme' and neighbours.main_difference = themes.code
where
    list_contains($municipality, neighbours.municipality_code)
    and neighbours.fiscal_year = coalesce(
        $year,
        (
            select max(fiscal_year) from marts.nearest_neighbours
            where list_contains($municipality, municipality_code)
        )
    )
order by municipalities.municipality_name, neighbours.neighbour_rank

"""Faults planted in what compares municipalities, and in the reference data it stands on."""

from collections.abc import Mapping

_COMPARISON = {
    "municipality_comparison.a_whole_country": "peers_n = 299",
    "municipality_comparison.few_without_a_value": (
        "value = null where municipality_code < 'GM0020' and starts_with(measure_code, 'iv3_')"
    ),
    "municipality_comparison.doubt_is_measured": "comparability = 'comparable'",
    "municipality_comparison.value_as_in_taakveld_spending": (
        "value = 2000.02 where measure_code = 'iv3_expenses_6.1' and municipality_code = 'GM0007'"
    ),
    "municipality_comparison.per_head_within_range": (
        "value = 3.5 where measure_code = 'iv3_expenses_total' and municipality_code = 'GM0007'"
    ),
    "municipality_comparison.percent_within_range": "value = 2000 where unit = '%'",
    "municipality_comparison.medians_do_not_jump": (
        "value = 900 where fiscal_year = 2018 and measure_code = 'iv3_expenses_cluster_inkomen'"
    ),
    "municipality_comparison.percentiles_spread": "percentile = percentile / 100",
    "municipality_comparison.percentile_fits_quartiles": "percentile = 100 - percentile",
    "municipality_comparison.means_among_the_peers": "peer_mean_weighted = 1000 * value",
}

_NEIGHBOURS = {
    "nearest_neighbours.nearest_first": "distance = 1 / distance",
    "nearest_neighbours.as_far_back_as_there": (
        "distance = distance + 0.01 where municipality_code = 'GM0001'"
    ),
    "nearest_neighbours.nobody_far_off": "distance = 8.1 where neighbour_rank = 10",
    "nearest_neighbours.mostly_stable": "stability = 0.3333 where neighbour_rank > 5",
    "nearest_neighbours.mostly_those_of_last_year": (
        "neighbour_code = 'GM02' || right(neighbour_code, 2) where fiscal_year = 2018"
    ),
    "neighbour_features.scored_on_all_or_none": (
        "standard_score = null where municipality_code = 'GM0007' and feature = 'inhabitants'"
    ),
    "neighbour_features.enough_to_choose_from": (
        "standard_score = null where municipality_code > 'GM0060' and fiscal_year = 2018"
    ),
    "neighbour_features.scores_are_standard": "standard_score = value / 20000",
    "neighbour_features.no_extreme_scores": (
        "standard_score = 6.1 where municipality_code = 'GM0007'"
    ),
    "neighbour_features.values_readable": "value = 20 where municipality_code = 'GM0007'",
    "neighbour_features.editions_near": "feature_year = 2008",
    "overhead_sensitivity.places_are_those_of_the_rows": "places_n = 319",
    "overhead_sensitivity.a_whole_country": "places_n = 45",
    "overhead_sensitivity.spread_evenly": (
        "expenses_with_overhead_eur_per_inhabitant = expenses_eur_per_inhabitant"
        " where cluster_code = 'inkomen'"
    ),
    "overhead_sensitivity.overhead_of_its_size": (
        "expenses_with_overhead_eur_per_inhabitant = 3 * expenses_eur_per_inhabitant"
    ),
    "overhead_sensitivity.order_mostly_stands": "places_shifted = 49",
    "taakveld_spending_current.amounts_within_range": "revenue_keur = 20000000",
    "taakveld_spending_current.no_euro_lost": (
        "expenses_keur = 20000.001 where municipality_code = 'GM0007' and taakveld_code = '6.1'"
    ),
    "taakveld_spending_current.todays_municipalities_only": (
        "municipality_code = 'GM0501' where municipality_code = 'GM0007'"
    ),
    "taakveld_spending_current.revenue_as_expenses": "revenue_keur = 0",
    "taakveld_spending_current.per_inhabitant_within_range": "expenses_eur_per_inhabitant = 10001",
    "taakveld_spending_current.mostly_whole": (
        "value_status = 'partially_reported' where municipality_code < 'GM0040'"
    ),
}

_REFERENCE = {
    "dim_indicator.every_kind_complete": "indicator_kind = 'statutory'",
    "dim_indicator.spending_is_not_judged": "direction = 'lower' where indicator_kind = 'iv3'",
    "dim_indicator.told_apart": "indicator_name = 'Maat 1'",
    "dim_indicator.spending_is_compared": (
        "indicator_code = 'iv3_expenses_9.9' where indicator_code = 'iv3_7'"
    ),
    "dim_indicator.units_mostly_known": "unit = null where indicator_kind = 'statutory'",
    "dim_indicator.validity_in_order": "valid_to = date '2016-12-31'",
    "dim_peer_group.every_kind_complete": (
        "peer_group_kind = 'region' where peer_group_code = 'province_0012'"
    ),
    "dim_peer_group.neighbours_of_someone": "of_municipality_code = null",
    "dim_peer_group.told_apart": "peer_group_name = 'Groep' where peer_group_kind = 'province'",
    "dim_taakveld.social_domain_complete": (
        "taakveld_code = '6.7' where taakveld_code = '6.82' and year(valid_from) = 2017"
    ),
    "dim_taakveld.all_spending_in_a_cluster": "cluster_code = null where taakveld_code = '6.3'",
    "dim_taakveld.clusters_over_the_breaks": (
        "cluster_code = 'samenkracht' where taakveld_code = '6.3' and year(valid_from) = 2023"
    ),
    "dim_taakveld.in_its_main_taakveld": "main_taakveld_code = '7'",
    "dim_taakveld.validity_in_order": "valid_to = valid_from - 1",
    "municipality_changes.nothing_lost_or_doubled": "weight = 0.9",
    "municipality_changes.dates_within_range": "effective_date = date '2027-01-01'",
    "municipality_changes.both_sides_known": "effective_date = date '2018-01-01'",
    "municipality_changes.mostly_whole": "weight = 0.5 where predecessor_code < 'GM0530'",
    "national_events.tozo_and_refugees_present": "valid_from = date '2021-01-01'",
    "national_events.of_known_taakvelden": "taakveld_code = '6.9'",
    "national_events.validity_in_order": "valid_to = date '2016-12-31'",
    "peer_group_members.all_is_the_country": (
        "peer_group_code = 'rest' where peer_group_code = 'all' and municipality_code > 'GM0299'"
    ),
    "peer_group_members.ten_others": (
        "municipality_code = 'GM0001' where peer_group_code = 'nearest_10_GM0001'"
        " and municipality_code = 'GM0002'"
    ),
    "peer_group_members.one_of_each_kind": (
        "peer_group_code = 'province_0001' where peer_group_code = 'size_class_0001'"
    ),
    "peer_group_members.nearly_all_placed": (
        "peer_group_code = 'rest' where peer_group_code = 'region_0001' or "
        "peer_group_code in ('region_0002', 'region_0003')"
    ),
}

SETTINGS: Mapping[str, str] = {**_COMPARISON, **_NEIGHBOURS, **_REFERENCE}

WHOLE: Mapping[str, str] = {
    "nearest_neighbours.ten_each": (
        "delete from marts.nearest_neighbours where municipality_code = 'GM0007'"
        " and neighbour_rank = 10"
    ),
    "nearest_neighbours.of_like_size": (
        "update marts.neighbour_features set value = 900000 where municipality_code = 'GM0007'"
    ),
    "overhead_sensitivity.every_landed_year": (
        "delete from marts.overhead_sensitivity where fiscal_year = 2018"
    ),
    "dim_peer_group.no_empty_groups": (
        "delete from marts.peer_group_members where peer_group_code = 'region_0007'"
    ),
    "national_events.seen_in_the_amounts": (
        "update marts.taakveld_spending set expenses_keur = 14999 where fiscal_year = 2018"
    ),
}

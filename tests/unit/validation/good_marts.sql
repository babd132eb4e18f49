-- A small, plausible candidate: two programmes, all columns of the public contract that suites read.
-- Figures of the programmes are those of the published accounts; the rest is made up.
create schema marts;

create table marts.dim_municipality as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    'Gemeente ' || number as municipality_name,
    'PV23' as province_code,
    date '2010-01-01' as valid_from,
    cast(null as date) as valid_to
from range(1, 401) as numbers (number);

create table marts.programme_results (
    municipality_code varchar, fiscal_year integer, programme_code varchar,
    municipality_name varchar default 'Enschede', programme_name varchar,
    document_type varchar default 'jaarstukken / jaarverslag',
    expenses_original_budget_keur decimal(18, 3), expenses_final_budget_keur decimal(18, 3),
    expenses_actual_keur decimal(18, 3), expenses_variance_keur decimal(18, 3),
    revenue_original_budget_keur decimal(18, 3), revenue_final_budget_keur decimal(18, 3),
    revenue_actual_keur decimal(18, 3), revenue_variance_keur decimal(18, 3),
    net_cost_original_budget_keur decimal(18, 3), net_cost_final_budget_keur decimal(18, 3),
    net_cost_actual_keur decimal(18, 3), net_cost_variance_keur decimal(18, 3),
    transfer_to_reserves_original_budget_keur decimal(18, 3),
    transfer_to_reserves_final_budget_keur decimal(18, 3),
    transfer_to_reserves_actual_keur decimal(18, 3),
    transfer_to_reserves_variance_keur decimal(18, 3),
    transfer_from_reserves_original_budget_keur decimal(18, 3),
    transfer_from_reserves_final_budget_keur decimal(18, 3),
    transfer_from_reserves_actual_keur decimal(18, 3),
    transfer_from_reserves_variance_keur decimal(18, 3),
    net_reserve_movement_original_budget_keur decimal(18, 3),
    net_reserve_movement_final_budget_keur decimal(18, 3),
    net_reserve_movement_actual_keur decimal(18, 3),
    net_reserve_movement_variance_keur decimal(18, 3),
    net_cost_after_reserves_original_budget_keur decimal(18, 3),
    net_cost_after_reserves_final_budget_keur decimal(18, 3),
    net_cost_after_reserves_actual_keur decimal(18, 3),
    net_cost_after_reserves_variance_keur decimal(18, 3),
    transfer_to_reserves_beyond_budget_keur decimal(18, 3),
    gross_variance_keur decimal(18, 3), gross_variance_covered_keur decimal(18, 3),
    explanation_level varchar,
    indicators_own integer, indicators_met integer, indicators_missed integer,
    indicators_undecided integer default 0, indicators_without_verdict integer,
    expenses_without_indicator_pct decimal(9, 6),
    action_points_total integer, action_points_carried_over integer,
    inhabitants integer, dq_status varchar default 'pass'
);
insert into marts.programme_results by name
select 'GM0153' as municipality_code, * from (values
    (2013, '2.3', 'Wijkontwikkeling, Zorg en Welzijn',
     66901, 66596, 60001, 6595, 5573, 5541, 6101, 560, 61328, 61056, 53900, 7156,
     0, 75, 2953, -2878, 130, 733, 685, -48, -130, -658, 2268, -2926, 61199, 60398, 56168, 4230,
     2878, 13158, 8800, 'product', 5, 1, 4, 0, 20.5, 0, 0, 158625),
    (2018, '2.1', 'Maatschappelijke ondersteuning',
     200639, 214003, 203510, 10493, 6119, 6312, 8986, 2673, 194520, 207691, 194525, 13166,
     7, 14, 11651, -11637, 1536, 3671, 7634, 3962, -1529, -3657, 4017, -7675,
     192991, 204033, 198542, 5492,
     11637, null, null, 'programme', 9, 1, 2, 6, 60.3, 36, 3, 158261)
) as programmes (
    fiscal_year, programme_code, programme_name,
    expenses_original_budget_keur, expenses_final_budget_keur,
    expenses_actual_keur, expenses_variance_keur,
    revenue_original_budget_keur, revenue_final_budget_keur,
    revenue_actual_keur, revenue_variance_keur,
    net_cost_original_budget_keur, net_cost_final_budget_keur,
    net_cost_actual_keur, net_cost_variance_keur,
    transfer_to_reserves_original_budget_keur, transfer_to_reserves_final_budget_keur,
    transfer_to_reserves_actual_keur, transfer_to_reserves_variance_keur,
    transfer_from_reserves_original_budget_keur, transfer_from_reserves_final_budget_keur,
    transfer_from_reserves_actual_keur, transfer_from_reserves_variance_keur,
    net_reserve_movement_original_budget_keur, net_reserve_movement_final_budget_keur,
    net_reserve_movement_actual_keur, net_reserve_movement_variance_keur,
    net_cost_after_reserves_original_budget_keur, net_cost_after_reserves_final_budget_keur,
    net_cost_after_reserves_actual_keur, net_cost_after_reserves_variance_keur,
    transfer_to_reserves_beyond_budget_keur,
    gross_variance_keur, gross_variance_covered_keur, explanation_level,
    indicators_own, indicators_met, indicators_missed, indicators_without_verdict,
    expenses_without_indicator_pct, action_points_total, action_points_carried_over, inhabitants
);

create table marts.programme_finance as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, line_item, flow,
    line_item = 'Totaal programma' as is_total,
    cast(original_budget as decimal(18, 3)) as original_budget_keur,
    cast(final_budget as decimal(18, 3)) as final_budget_keur,
    cast(actual as decimal(18, 3)) as actual_keur,
    cast(final_budget - actual as decimal(18, 3)) as variance_keur,
    'reported' as value_status, 'accounts.txt' as source_document, 424 as source_line,
    repeat('a1b2c3d4', 8) as source_sha256
from (values
    (2013, '2.3', 'Welzijn', 'expenses', 5464, 5517, 5481),
    (2013, '2.3', 'Individuele voorzieningen', 'expenses', 34689, 34565, 30962),
    (2013, '2.3', 'Totaal programma', 'expenses', 66901, 66596, 60001),
    (2013, '2.3', 'Welzijn', 'revenue', 9, 9, 9),
    (2013, '2.3', 'Totaal programma', 'revenue', 5573, 5541, 6101),
    (2013, '2.3', 'Totaal programma', 'transfer_to_reserves', 0, 75, 2953),
    (2013, '2.3', 'Totaal programma', 'transfer_from_reserves', 130, 733, 685),
    (2018, '2.1', 'Totaal programma', 'expenses', 200639, 214003, 203510),
    (2018, '2.1', 'Totaal programma', 'revenue', 6119, 6312, 8986),
    (2018, '2.1', 'Totaal programma', 'transfer_to_reserves', 7, 14, 11651),
    (2018, '2.1', 'Totaal programma', 'transfer_from_reserves', 1536, 3671, 7634)
) as lines (fiscal_year, programme_code, line_item, flow, original_budget, final_budget, actual);

create table marts.programme_budget_years as
select
    'GM0153' as municipality_code, 2017 as fiscal_year, '1' as programme_code, line_item, flow,
    amount_year, phase, 'Maatschappelijke ondersteuning' as programme_name,
    line_item = 'Totaal programma' as is_total,
    cast(amount as decimal(18, 3)) as amount_keur,
    'reported' as value_status, 'budget.csv' as source_document
from (values
    ('Totaal programma', 'expenses', 2015, 'actual', 183546),
    ('Totaal programma', 'expenses', 2016, 'original_budget', 189024),
    ('Wijkteams', 'expenses', 2016, 'original_budget', 9024),
    ('Totaal programma', 'revenue', 2015, 'actual', 9001),
    ('Totaal programma', 'revenue', 2016, 'original_budget', 7348)
) as years (line_item, flow, amount_year, phase, amount);

create table marts.reserve_movements as
select
    'GM0153' as municipality_code, 2015 as fiscal_year, '3' as programme_code, reserve_name,
    cast(opening as decimal(18, 3)) as opening_keur,
    cast(interest as decimal(18, 3)) as interest_keur,
    cast(added as decimal(18, 3)) as added_keur,
    cast(withdrawn as decimal(18, 3)) as withdrawn_keur,
    cast(closing as decimal(18, 3)) as closing_keur,
    'reported' as value_status, 'reserves.csv' as source_document
from (values
    ('Reserve grondexploitatie', -12117, -545, 2245, 160, -10577),
    ('Reserve wijkbudgetten', 878, null, 772, 992, 658)
) as reserves (reserve_name, opening, interest, added, withdrawn, closing);

create table marts.own_taakveld_amounts as
select
    'GM0153' as municipality_code, 2018 as fiscal_year, 'accounts' as report, taakveld_code,
    cast(expenses as decimal(18, 3)) as expenses_keur,
    cast(revenue as decimal(18, 3)) as revenue_keur,
    cast(iv3_expenses as decimal(18, 3)) as iv3_expenses_keur,
    cast(null as decimal(18, 3)) as iv3_revenue_keur,
    standing
from (values
    ('6.1', 12000, 300, 12000, 'agrees'), ('6.2', 9000, 0, 9100, 'contradiction')
) as amounts (taakveld_code, expenses, revenue, iv3_expenses, standing);

create table marts.goal_tree as
select
    fiscal_year || ' ' || node as node_id,
    'GM0153' as municipality_code, fiscal_year, programme_code,
    fiscal_year || ' ' || parent as parent_node_id, node_type, node as node_code,
    'Knoop ' || node as node_name, depth,
    cast(expenses as decimal(18, 3)) as expenses_actual_keur,
    cast(revenue as decimal(18, 3)) as revenue_actual_keur,
    'reported' as value_status, 'accounts.txt' as source_document, 3 as source_line
from (values
    (2013, '2.3', 'root', null, 'programme', 0, 15000, 1500),
    (2013, '2.3', 'A', 'root', 'objective', 1, 10000, 1000),
    (2013, '2.3', 'p1', 'A', 'product', 2, 10000, 1000),
    (2013, '2.3', 'B', 'root', 'objective', 1, 5000, 500),
    (2013, '2.3', 'p2', 'B', 'product', 2, 5000, 500),
    (2018, '2.1', 'root', null, 'programme', 0, 30000, 300),
    (2018, '2.1', 'A', 'root', 'objective', 1, 30000, 300),
    (2018, '2.1', '1', 'A', 'theme', 2, 30000, 300),
    (2018, '2.1', 'p1', '1', 'product', 3, 18000, 300),
    (2018, '2.1', 'p2', '1', 'product', 3, 12000, null)
) as nodes (fiscal_year, programme_code, node, parent, node_type, depth, expenses, revenue);

create table marts.indicator_results as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, indicator_code,
    if(starts_with(indicator_code, 'own'), 'own', 'statutory') as indicator_kind,
    'Indicator ' || indicator_code as indicator_name, unit, direction, 'ours' as direction_basis,
    fiscal_year as score_year, cast(score as decimal(18, 3)) as score,
    cast(score as decimal(18, 3)) as previous_score, cast(target as decimal(18, 3)) as target,
    if(target is null, null, target_type) as target_type,
    cast(margin as decimal(18, 3)) as margin_of_error,
    if(margin is null, null, cast(95 as decimal(18, 3))) as confidence_level,
    if(margin is null, 'not_printed', 'printed') as margin_status, 'unknown' as measurement_basis,
    if(target is null, null, verdict) as verdict_computed, cast(null as varchar) as verdict_stated,
    verdict, if(target is null, 'none', 'computed') as verdict_basis,
    if(score is null, 'not_captured', 'reported') as value_status
from (values
    (2013, '2.3', 'own_8', 'rapportcijfer', 'higher', 5.9, 6.7, 'at_least', null, 'missed'),
    (2013, '2.3', 'own_10', '%', 'higher', 90, 90, 'at_least', null, 'met'),
    (2013, '2.3', 'own_11.a', '%', 'lower', 12, 10, 'at_most', 3.8, 'undecided'),
    (2018, '2.1', 'own_1', '%', 'higher', null, null, null, null, 'not_captured'),
    (2018, '2.1', 'own_5', '%', 'lower', 4, 5, 'at_most', null, 'met'),
    (2018, '2.1', 'bbv_20', '%', 'none', 47.7, null, null, null, 'no_target')
) as indicators (
    fiscal_year, programme_code, indicator_code, unit, direction, score, target, target_type,
    margin, verdict
);

create table marts.variance_explanations as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, explanation_no, role,
    'Onderwerp ' || explanation_no as subject, cast(amount as decimal(18, 3)) as amount_keur,
    amount || '.000 euro' as amount_text, cast(null as varchar) as hedge,
    cast(null as varchar) as nature, 'Minder aanvragen' as reason,
    cast(table_amount as decimal(18, 3)) as table_amount_keur,
    cast(amount - table_amount as decimal(18, 3)) as difference_keur, reconciliation,
    'accounts.txt' as source_document, 456 as source_line
from (values
    (2013, '2.3', 1, 'headline', 4200, null, 'no_table_line'),
    (2013, '2.3', 2, 'component', 4000, 4046, 'rounding'),
    (2013, '2.3', 3, 'component', 121, 121, 'reconciled'),
    (2018, '2.1', 1, 'component', 5500, null, 'no_table_line')
) as explanations (
    fiscal_year, programme_code, explanation_no, role, amount, table_amount, reconciliation
);

create table marts.action_points as
select
    'GM0153' as municipality_code, 2018 as fiscal_year, '2.1' as programme_code,
    cast(number as varchar) as action_code, 'A' as objective_code, 'Actie ' || number as title,
    cast(null as varchar) as status_interim, cast(null as varchar) as status_final,
    if(number = 5, true, null) as carried_over,
    if(number = 11, cast(200 as decimal(18, 3)), null) as savings_target_keur,
    'not_captured' as value_status
from range(1, 37) as numbers (number);

create table marts.forecasts as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, stage,
    cast(forecast as decimal(18, 3)) as forecast_keur,
    cast(outturn as decimal(18, 3)) as outturn_keur,
    cast(forecast - outturn as decimal(18, 3)) as error_keur, basis,
    'accounts.txt' as source_document, 453 as source_line
from (values
    (2013, '2.3', 'autumn_note', 3100, 4230, 'printed'),
    (2018, '2.1', 'interim_report', -7900, 5492, 'implied')
) as stages (fiscal_year, programme_code, stage, forecast, outturn, basis);

create table marts.chapter_facts as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, fact_no, kind,
    'Feit ' || fact_no as title, party_role, cast(amount as decimal(18, 3)) as value, unit,
    fiscal_year as reference_year, 'accounts.txt' as source_document, 21 as source_line
from (values
    (2013, '2.3', 1, 'amount', null, 1300, 'keur'),
    (2013, '2.3', 2, 'claim', null, 40, 'percent'),
    (2013, '2.3', 3, 'priority', null, null, null),
    (2018, '2.1', 1, 'amount', null, 13300, 'keur'),
    (2018, '2.1', 2, 'claim', null, 20, 'jongeren'),
    (2018, '2.1', 3, 'affiliated_party', 'verbonden_partij', null, null)
) as facts (fiscal_year, programme_code, fact_no, kind, party_role, amount, unit);

create table marts.reconciliation as
select
    identity, 'GM0153' as municipality_code, fiscal_year, programme_code, 'Totaal' as subject,
    'actual' as phase, cast(left_side as decimal(18, 3)) as left_keur,
    cast(right_side as decimal(18, 3)) as right_keur,
    cast(left_side - right_side as decimal(18, 3)) as difference_keur,
    cast(null as decimal(18, 3)) as left_value, cast(null as decimal(18, 3)) as right_value,
    'equal' as relation, cast(tolerance as decimal(18, 3)) as tolerance_keur, status,
    if(status = 'holds', null, 'Elk gedrukt cijfer is afgerond') as explanation,
    'accounts.txt' as source_document, '424, 431' as source_lines
from (values
    (2013, '2.3', 'variance_per_row', 6595, 6595, 0),
    (2013, '2.3', 'net_cost', 53900, 53900, 1),
    (2013, '2.3', 'total_of_products', 60001, 60002, 4),
    (2018, '2.1', 'variance_per_row', 10493, 10493, 0),
    (2018, '2.1', 'net_cost', 194525, 194524, 1),
    (2018, '2.1', 'total_of_products', 203511, 203510, 6)
) as sides (fiscal_year, programme_code, identity, left_side, right_side, tolerance)
cross join lateral (
    select if(left_side = right_side, 'holds', 'rounding') as status
) as judged;

create table marts.chapter_parts as
select
    'GM0153' as municipality_code, fiscal_year, programme_code, part, rows_n,
    if(rows_n > 0, 'reported', 'not_published') as value_status,
    if(rows_n > 0, null, 'Het hoofdstuk toont dit niet') as status_reason,
    'accounts.txt' as source_document, 1 as source_line
from (values
    (2013, '2.3', 'cost_line', 3),
    (2013, '2.3', 'total_expenses', 1),
    (2013, '2.3', 'total_revenue', 1),
    (2013, '2.3', 'total_net_cost', 1),
    (2013, '2.3', 'total_transfer_to_reserves', 1),
    (2013, '2.3', 'total_transfer_from_reserves', 1),
    (2013, '2.3', 'total_net_cost_after_reserves', 1),
    (2013, '2.3', 'actual', 7),
    (2013, '2.3', 'objective', 2),
    (2013, '2.3', 'theme', 0),
    (2013, '2.3', 'product', 2),
    (2013, '2.3', 'own_indicator', 3),
    (2013, '2.3', 'statutory_indicator', 0),
    (2013, '2.3', 'action_point', 0),
    (2013, '2.3', 'explanation_component', 2),
    (2013, '2.3', 'forecast', 1),
    (2013, '2.3', 'fact_amount', 1),
    (2013, '2.3', 'fact_claim', 1),
    (2013, '2.3', 'fact_priority', 1),
    (2018, '2.1', 'cost_line', 0),
    (2018, '2.1', 'total_expenses', 1),
    (2018, '2.1', 'total_revenue', 1),
    (2018, '2.1', 'total_net_cost', 1),
    (2018, '2.1', 'total_transfer_to_reserves', 1),
    (2018, '2.1', 'total_transfer_from_reserves', 1),
    (2018, '2.1', 'total_net_cost_after_reserves', 1),
    (2018, '2.1', 'actual', 4),
    (2018, '2.1', 'objective', 1),
    (2018, '2.1', 'theme', 1),
    (2018, '2.1', 'product', 2),
    (2018, '2.1', 'own_indicator', 2),
    (2018, '2.1', 'statutory_indicator', 1),
    (2018, '2.1', 'action_point', 36),
    (2018, '2.1', 'explanation_component', 1),
    (2018, '2.1', 'forecast', 1),
    (2018, '2.1', 'fact_amount', 1),
    (2018, '2.1', 'fact_claim', 1),
    (2018, '2.1', 'fact_priority', 0)
) as parts (fiscal_year, programme_code, part, rows_n);

-- Iv3: 320 municipalities, the accounts of two landed years, two taakvelden and the reserves.
create table marts.dim_price_index as
select
    'cpi' as price_index_code,
    cast(year as integer) as price_year,
    'CPI' as price_index_name,
    cast(100 + 2 * (year - 2015) as decimal(18, 2)) as price_index,
    2015 as price_base_year,
    cast(null as integer) as chained_in,
    'reported' as value_status,
    'made up' as source
from range(2010, 2026) as years (year);

create table marts.taakveld_spending as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    cast(year as integer) as fiscal_year,
    'accounts' as report,
    taakveld_code,
    2 as vintage,
    'Taakveld ' || taakveld_code as taakveld_name,
    cluster as taakveld_cluster,
    'taakveld' as level,
    cast(keur as decimal(18, 3)) as expenses_keur,
    cast(keur as decimal(18, 3)) as revenue_keur,
    cast(0 as decimal(18, 3)) as net_cost_keur,
    10000 as inhabitants,
    cast(keur / 10 as decimal(18, 2)) as expenses_eur_per_inhabitant,
    'reported' as value_status,
    'reported' as revenue_status,
    '45042NED' as source_table,
    '20260101T000000Z-00000000' as source_delivery
from range(1, 321) as numbers (number)
cross join range(2017, 2019) as years (year)
cross join (
    values ('0.10', null, 5000), ('6.1', 'samenkracht', 20000), ('6.3', 'inkomen', 15000)
) as taakvelden (taakveld_code, cluster, keur);

create table marts.iv3_deliveries as
select
    municipality_code,
    fiscal_year,
    report,
    true as is_delivered,
    2 as vintage,
    sum(expenses_keur) filter (where taakveld_code <> '0.10') as expenses_keur,
    sum(revenue_keur) filter (where taakveld_code <> '0.10') as revenue_keur,
    cast(0 as decimal(18, 3)) as net_cost_keur,
    cast(0 as decimal(18, 3)) as closing_difference_keur,
    10000 as inhabitants,
    cast(3500 as decimal(18, 2)) as expenses_eur_per_inhabitant,
    'reported' as value_status,
    '45042NED' as source_table,
    '20260101T000000Z-00000000' as source_delivery
from marts.taakveld_spending
group by municipality_code, fiscal_year, report;

create table marts.cluster_spending as
select
    municipality_code,
    cast(fiscal_year + more as integer) as fiscal_year,
    report,
    taakveld_cluster as cluster_code,
    'Cluster' as cluster_name,
    expenses_keur,
    revenue_keur,
    net_cost_keur,
    1 as taakvelden_n,
    value_status
from marts.taakveld_spending
cross join (values (0), (2)) as later (more)
where taakveld_cluster is not null;

create table marts.budget_prudence as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2016 as fiscal_year,
    cast(-100 as decimal(18, 3)) as budgeted_balance_keur,
    cast(if(number % 3 = 0, -200, 200) as decimal(18, 3)) as realised_balance_keur,
    cast(if(number % 3 = 0, -100, 300) as decimal(18, 3)) as difference_keur,
    cast(30 as decimal(18, 2)) as difference_eur_per_inhabitant
from range(1, 321) as numbers (number);

create table marts.budget_accuracy as
select
    municipality_code,
    fiscal_year,
    subject_kind,
    subject_code,
    cast(20000 as decimal(18, 3)) as budget_keur,
    cast(21000 as decimal(18, 3)) as accounts_keur,
    cast(5 as decimal(18, 6)) as difference_pct
from marts.budget_prudence
cross join (values ('total', 'total'), ('cluster', 'jeugd')) as subjects (subject_kind, subject_code);

create table marts.staff_and_hire as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2016 as fiscal_year,
    'accounts' as report,
    cast(90000 as decimal(18, 3)) as wages_keur,
    cast(10000 as decimal(18, 3)) as hired_staff_keur,
    cast(10 as decimal(18, 6)) as hired_staff_pct
from range(1, 321) as numbers (number);

create table marts.intergovernmental_flows as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2016 as fiscal_year,
    'accounts' as report,
    cast(1000 as decimal(18, 3)) as joint_arrangements_keur,
    cast(10000 as decimal(18, 3)) as expenses_keur,
    cast(10 as decimal(18, 6)) as joint_arrangements_pct
from range(1, 321) as numbers (number);

create table marts.local_levies as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2016 as fiscal_year,
    'accounts' as report,
    cast(1000 as decimal(18, 3)) as local_levies_keur,
    cast(10000 as decimal(18, 3)) as revenue_keur,
    cast(10 as decimal(18, 6)) as local_levies_pct
from range(1, 321) as numbers (number);

create table marts.state_grants as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2016 as fiscal_year,
    'accounts' as report,
    cast(5000 as decimal(18, 3)) as general_grant_keur,
    cast(1000 as decimal(18, 3)) as specific_grants_keur,
    cast(10000 as decimal(18, 3)) as revenue_keur,
    cast(60 as decimal(18, 6)) as state_grants_pct
from range(1, 321) as numbers (number);

create table marts.fund_allocation as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2024 as fiscal_year,
    'S2023' as circular,
    'jeugd' as fund_cluster_code,
    cast(1000 as decimal(18, 3)) as allocation_keur,
    cast(900 as decimal(18, 3)) as net_cost_keur,
    cast(10 as decimal(18, 2)) as difference_eur_per_inhabitant,
    'comparable' as comparability
from range(1, 321) as numbers (number);

create table marts.programme_lineage as
select * from (values
    ('GM0153', 'A', 2015, 2015, null, 'B', 2016, 2016, cast(0.4 as decimal(18, 6))),
    ('GM0153', 'A', 2015, 2015, null, 'C', 2016, 2016, 0.6),
    ('GM0153', 'Maatschappelijke ondersteuning', 2018, 2018, '2.1', 'C', 2019, 2019, null)
) as lineage (
    municipality_code, predecessor_name, predecessor_first_year, predecessor_last_year,
    predecessor_code, successor_name, successor_first_year, successor_last_year, weight
);

create table marts.overhead as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2018 as fiscal_year,
    'accounts' as report,
    cast(1000 as decimal(18, 3)) as overhead_keur,
    cast(10000 as decimal(18, 3)) as expenses_keur,
    cast(10 as decimal(18, 6)) as overhead_pct
from range(1, 321) as numbers (number);

create table marts.financial_ratios as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    2018 as fiscal_year,
    2020 as edition_year,
    'net_debt' as ratio_code,
    'actual' as figure_kind,
    cast(-0.5 as decimal(18, 6)) as difference,
    'A' as class_before,
    number % 5 = 0 as is_worse,
    cast(number as decimal(18, 6)) as printed_value,
    'reported' as printed_status
from range(1, 321) as numbers (number);

create table marts.financial_position as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    cast(year as integer) as fiscal_year,
    cast(20000 as decimal(18, 3)) as equity_keur,
    cast(5000 as decimal(18, 3)) as provisions_keur,
    cast(30000 as decimal(18, 3)) as debt_keur,
    10000 as inhabitants,
    cast(2000 as decimal(18, 2)) as equity_eur_per_inhabitant,
    cast(1500 as decimal(18, 2)) as net_debt_eur_per_inhabitant,
    cast(-3 as decimal(18, 3)) as result_difference_keur,
    'rounding' as result_reconciliation,
    'holds' as balance_reconciliation
from range(1, 321) as numbers (number)
cross join range(2017, 2019) as years (year);

-- The products of 2018 on the taakvelden above: whole, fitted, and a part that is not mapped.
create table marts.programme_taakveld_bridge as
select
    'GM0153' as municipality_code,
    2018 as fiscal_year,
    '2.1' as programme_code,
    product_name,
    taakveld_code,
    flow,
    'Taakveld ' || taakveld_code as taakveld_name,
    cast(weight as decimal(18, 6)) as weight,
    weight_basis,
    coalesce(weight_basis = 'estimate', false) as weight_fitted_on_iv3,
    cast(product as decimal(18, 3)) as product_keur,
    cast(product * weight as decimal(18, 3)) as allocated_keur,
    if(weight_basis = 'estimate', 'estimated', 'reported') as value_status,
    cast(iv3 as decimal(18, 3)) as iv3_keur,
    if(iv3 is null, 'not_applicable', 'reported') as iv3_status,
    'Naar inhoud' as explanation,
    'accounts.txt' as weight_source,
    'accounts.txt' as source_document,
    3 as source_line
from (values
    ('Knoop p1', '6.1', 'expenses', 1, 'one_to_one', 18000, 20000),
    ('Knoop p1', '6.1', 'revenue', 1, 'one_to_one', 300, 20000),
    ('Knoop p2', '6.3', 'expenses', 0.75, 'estimate', 12000, 15000),
    ('Knoop p2', 'unmapped', 'expenses', 0.25, null, 12000, null)
) as parts (product_name, taakveld_code, flow, weight, weight_basis, product, iv3);

create table marts.taakveld_bridge_coverage as
select
    municipality_code,
    fiscal_year,
    taakveld_code,
    flow,
    taakveld_name,
    allocated_keur,
    if(weight_fitted_on_iv3, allocated_keur, 0) as fitted_keur,
    iv3_keur,
    allocated_keur - iv3_keur as difference_keur,
    cast(100 * allocated_keur / iv3_keur as decimal(18, 2)) as coverage_pct,
    1 as products_n,
    weight_fitted_on_iv3,
    case
        when taakveld_code = 'unmapped' then 'unmapped'
        when weight_fitted_on_iv3 then 'fitted'
        else 'compared'
    end as coverage_status,
    iv3_status
from marts.programme_taakveld_bridge;

-- Comparing: all in group `all`, a province, a size class and a region; the first 44 in four rounds
-- of eleven, each the neighbour of the ten others.
create table marts.dim_taakveld as
select
    taakveld_code,
    make_date(cast(since as integer), 1, 1) as valid_from,
    make_date(cast(until as integer), 12, 31) as valid_to,
    'Taakveld ' || taakveld_code as taakveld_name,
    left(taakveld_code, 1) as main_taakveld_code,
    'Hoofdtaakveld' as main_taakveld_name,
    if(taakveld_code = '0.10', null, if(taakveld_code = '6.3', 'inkomen', 'samenkracht'))
        as cluster_code,
    'made up' as source
from (
    select since, until, unnest(string_split('0.10 ' || codes, ' ')) as taakveld_code
    from (values
        (2017, 2022, '6.1 6.2 6.3 6.4 6.5 6.6 6.71 6.72 6.81 6.82'),
        (2023, 2024, '6.1 6.2 6.3 6.4 6.5 6.6 6.71a 6.71b 6.71c 6.71d 6.72a 6.72b 6.72c 6.72d'
            || ' 6.73a 6.73b 6.73c 6.74a 6.74b 6.74c 6.81a 6.81b 6.82a 6.82b'),
        (2025, null, '6.1 6.21 6.22 6.23 6.3 6.4 6.5 6.60 6.711 6.712 6.713 6.714 6.751 6.752'
            || ' 6.753 6.761 6.762 6.763 6.791 6.792 6.811 6.812 6.821 6.822 6.91 6.92')
    ) as divisions (since, until, codes)
) as codes;

create table marts.national_events as
select
    *, 'Landelijke gebeurtenis' as event_name, 'Meer lasten' as effect, 'made up' as source
from (values
    ('tozo', '6.3', date '2020-01-01', date '2021-12-31'),
    ('refugee_reception', '6.1', date '2022-01-01', cast(null as date)),
    ('made_up', '6.3', date '2018-01-01', date '2018-12-31')
) as events (event_code, taakveld_code, valid_from, valid_to);

-- Those of 501 to 580 merged into the first; they end beside the 400 that go on.
insert into marts.dim_municipality by name
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    'Gemeente ' || number as municipality_name,
    'PV23' as province_code,
    date '2010-01-01' as valid_from,
    date '2018-12-31' as valid_to
from range(501, 581) as numbers (number);

create table marts.municipality_changes as
select
    municipality_code as predecessor_code,
    'GM0001' as successor_code,
    date '2019-01-01' as effective_date,
    'merger' as kind,
    cast(1 as decimal(18, 6)) as weight,
    'whole' as weight_basis,
    'made up' as source
from marts.dim_municipality
where valid_to is not null;

create table marts.taakveld_spending_current as
select *, municipality_code as parts from marts.taakveld_spending;

create table marts.dim_indicator as
select
    kind || '_' || number as indicator_code,
    'Maat ' || number as indicator_name,
    kind as indicator_kind,
    'euro per inwoner ' || kind as unit,
    'none' as direction,
    date '2017-01-01' as valid_from,
    cast(null as date) as valid_to,
    'made up' as source
from (values ('iv3', 50), ('statutory', 30), ('ratio', 5)) as kinds (kind, last)
cross join lateral (select unnest(range(1, last + 1)) as number) as numbers;

create table marts.dim_peer_group as
select
    if(number is null, kind, kind || '_' || lpad(cast(number as varchar), 4, '0'))
        as peer_group_code,
    'Groep ' || kind || coalesce(number, 0) as peer_group_name,
    if(kind = 'nearest_10_GM', 'nearest', kind) as peer_group_kind,
    if(kind = 'nearest_10_GM', 'GM' || lpad(cast(number as varchar), 4, '0'), null)
        as of_municipality_code,
    'Gemeenten die dit delen' as definition,
    'made up' as source
from (
    select 'all' as kind, cast(null as bigint) as number
    union all
    select kind, unnest(range(1, last + 1)) as number
    from (values
        ('province', 12), ('size_class', 8), ('region', 40), ('centre', 1), ('structure', 16),
        ('nearest_10_GM', 44)
    ) as kinds (kind, last)
) as groups;
update marts.dim_peer_group set peer_group_code = replace(peer_group_code, 'GM_', 'GM');

create table marts.peer_group_members as
select
    peer_group_code,
    cast(year as integer) as fiscal_year,
    'as_reported' as boundary,
    'GM' || lpad(cast(member as varchar), 4, '0') as municipality_code
from (
    select
        peer_group_code,
        peer_group_kind,
        row_number() over (partition by peer_group_kind order by peer_group_code) as place,
        count(*) over (partition by peer_group_kind) as places
    from marts.dim_peer_group
) as groups
cross join range(1, 321) as numbers (member)
cross join range(2017, 2019) as years (year)
where
    if(
        peer_group_kind = 'nearest',
        member <> place and (member - 1) // 11 = (place - 1) // 11,
        member % places = place % places
    );

create table marts.neighbour_features as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    cast(year as integer) as fiscal_year,
    feature,
    'Kenmerk ' || feature as feature_name,
    theme,
    cast(20000 + number as decimal(18, 6)) as value,
    cast(
        (number - avg(number) over spread) / stddev_pop(number) over spread as decimal(18, 9)
    ) as standard_score,
    cast(2020 as integer) as feature_year,
    'made up' as source
from range(1, 81) as numbers (number)
cross join range(2017, 2019) as years (year)
cross join (
    values ('inhabitants', 'population'), ('households', 'population')
) as features (feature, theme)
window spread as (partition by year, feature);

create table marts.nearest_neighbours as
select
    of_municipality_code as municipality_code,
    members.fiscal_year,
    cast(
        row_number() over (
            partition by peer_group_code, members.fiscal_year
            order by distance, members.municipality_code
        ) as integer
    ) as neighbour_rank,
    members.municipality_code as neighbour_code,
    'Buur' as neighbour_name,
    cast(distance as decimal(18, 6)) as distance,
    'population' as main_difference,
    cast(1 as decimal(18, 4)) as stability
from marts.peer_group_members as members
inner join marts.dim_peer_group using (peer_group_code)
cross join lateral (
    select abs(
        cast(right(members.municipality_code, 4) as integer)
        - cast(right(of_municipality_code, 4) as integer)
    ) / 4 as distance
) as apart
where peer_group_kind = 'nearest';

create table marts.overhead_sensitivity as
select
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    cast(year as integer) as fiscal_year,
    'accounts' as report,
    'as_reported' as boundary,
    cluster_code,
    cast(base + number as decimal(18, 2)) as expenses_eur_per_inhabitant,
    cast(1.2 * (base + number) as decimal(18, 2)) as expenses_with_overhead_eur_per_inhabitant,
    cast(321 - number as integer) as place,
    cast(321 - number as integer) as place_with_overhead,
    0 as places_shifted,
    320 as places_n
from range(1, 321) as numbers (number)
cross join range(2017, 2019) as years (year)
cross join (values ('samenkracht', 200), ('inkomen', 400)) as clusters (cluster_code, base);

create table marts.municipality_comparison as
select
    *,
    cast(avg(value) over peers as decimal(18, 6)) as peer_mean_weighted,
    cast(avg(value) over peers as decimal(18, 6)) as peer_mean_unweighted,
    quantile_cont(value, 0.25) over peers as peer_p25,
    quantile_cont(value, 0.75) over peers as peer_p75,
    cast((rank() over (peers order by value) - 1) * 100 / 319 as decimal(18, 6)) as percentile
from (
    select
        'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
        cast(year as integer) as fiscal_year,
        'accounts' as report,
        measure_code,
        'as_reported' as boundary,
        'all' as peer_group_code,
        'Lasten' as measure_name,
        unit,
        'nominal' as price_basis,
        cast(base + if(spread, number, 0) as decimal(18, 6)) as value,
        'Alle gemeenten' as peer_group_name,
        319 as peers_n,
        if(number % 4 = 0, 'caution', 'comparable') as comparability
    from range(1, 321) as numbers (number)
    cross join range(2017, 2019) as years (year)
    cross join (values
        ('iv3_expenses_6.1', 'euro per inwoner', 2000, false),
        ('iv3_expenses_cluster_inkomen', 'euro per inwoner', 1500, false),
        ('iv3_expenses_total', 'euro per inwoner', 3000, true),
        ('ratio_solvency', '%', 20, false)
    ) as measures (measure_code, unit, base, spread)
) as measured
window peers as (partition by fiscal_year, measure_code);
update marts.municipality_comparison set percentile = 50 where measure_code <> 'iv3_expenses_total';
insert into marts.municipality_comparison by name
select 'GM0001' as municipality_code, 2018 as fiscal_year, 'accounts' as report,
    indicator_code as measure_code, 'current' as boundary, 'province' as peer_group_code,
    indicator_name as measure_name, 'Groep' as peer_group_name, 'comparable' as comparability
from marts.dim_indicator;

create table marts.iv3_cells as
select
    municipality_code, fiscal_year, report, taakveld_code, category_code,
    'Categorie ' || category_code as category_name,
    flow,
    cast(part * expenses_keur as decimal(18, 3)) as amount_keur,
    cast(part * expenses_keur as decimal(18, 3)) as first_publication_keur,
    cast(part * expenses_keur as decimal(18, 3)) as second_publication_keur,
    vintage, source_table, source_delivery,
    'iv3_cells-0001.json.zst' as source_page, 1 as source_line
from marts.taakveld_spending
cross join (
    values ('L1.1', 'expenses', 0.25), ('L3.8', 'expenses', 0.75), ('B3.1', 'revenue', 1)
) as categories (category_code, flow, part);

create table marts.source_pages as
select distinct
    source_table, source_delivery, source_page,
    'iv3' as dataset, 2018 as table_year, 'iv3_cells' as part, 'Gemeenten 2018' as title,
    '2020-03-01T02:00:00' as modified, 'CC BY 4.0' as licence, 'https://cbs.test/page' as url,
    100 as rows_n, repeat('ab', 32) as sha256, '2026-01-01T00:00:00Z' as fetched_at,
    'landing/cbs/iv3/page' as landing_path
from marts.iv3_cells;

create table marts.source_facts as
select
    'seeds/benchmarks/population.parquet:' || number as source,
    'inhabitants' as variable,
    'population' as dataset,
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    cast(null as varchar) as subject_code,
    '2018' as period,
    cast(10000 as decimal(18, 6)) as value,
    cast(null as varchar) as value_text,
    'reported' as value_status,
    'seeds/benchmarks/population.parquet' as source_path,
    cast(number as integer) as source_line
from range(1, 321) as numbers (number)
union all
select
    'seeds/benchmarks/fund_totals.csv:2' as source,
    'amount_eur' as variable,
    'fund_totals' as dataset,
    null as municipality_code,
    'jeugd' as subject_code,
    'S2023 2024' as period,
    320000000 as value,
    null as value_text,
    'reported' as value_status,
    'seeds/benchmarks/fund_totals.csv' as source_path,
    2 as source_line;

create table marts.boundary_weights as
select
    2018 as from_year,
    'GM' || lpad(cast(number as varchar), 4, '0') as municipality_code,
    9999 as to_year,
    'GM' || lpad(cast(number as varchar), 4, '0') as successor_code,
    cast(1 as decimal(28, 12)) as weight,
    cast(1 as decimal(28, 12)) as weights_total,
    true as is_largest_part,
    true as is_listed,
    false as is_estimate
from range(1, 321) as numbers (number);

create table marts.figure_derivations as
select * from (values
    ('taakveld_spending', 'expenses_keur', 1, 1, null, 'sum', 'select sum(value) from input_1',
        'iv3_cells', 'amount_keur', 'select 1 as value', 'Som.'),
    ('cluster_spending', 'expenses_keur', 1, 1, null, 'sum', 'select sum(value) from input_1',
        'taakveld_spending', 'expenses_keur', 'select 1 as value', 'Som.'),
    ('data_quality', 'status', 1, 0, null, 'observed by a check', null, null, null, null, 'Toets.')
) as derivations (
    table_name, column_name, derivation_no, input_no, applies_when, operation, formula,
    input_table, input_column, input_query, description
);

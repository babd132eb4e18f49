-- The floor: the compiled SQL of every model of commit 6fc2986 in order of dependency, after its
-- seeds, without tests, contracts and comments. It does not follow the models: it is what they are
-- measured by. Left out is data_quality, which holds what the checks of a night found.
-- ${DATA} is the data folder (raw tables of CBS), ${SEEDS} the folder of seeds.
create schema staging;

create schema intermediate;

create schema marts;

create table staging.boundary_changes (predecessor_code varchar, successor_code varchar, effective_date varchar, kind varchar, weight varchar, weight_basis varchar, source varchar, note varchar);

copy staging.boundary_changes from '${SEEDS}/reference/boundary_changes.csv' (format csv, header true, delimiter ',');

create table staging.comparability_rules (subject_kind varchar, subject_code varchar, valid_from_year varchar, valid_to_year varchar, denominator varchar, comparability varchar, reason_code varchar, reason varchar, source varchar);

copy staging.comparability_rules from '${SEEDS}/reference/comparability_rules.csv' (format csv, header true, delimiter ',');

create table staging.derivation_inputs (table_name varchar, column_name varchar, derivation_no varchar, input_no varchar, input_table varchar, input_column varchar, input_query varchar);

copy staging.derivation_inputs from '${SEEDS}/reference/derivation_inputs.csv' (format csv, header true, delimiter ',');

create table staging.derivations (table_name varchar, column_name varchar, derivation_no varchar, applies_when varchar, operation varchar, formula varchar, description varchar);

copy staging.derivations from '${SEEDS}/reference/derivations.csv' (format csv, header true, delimiter ',');

create table staging.distorting_events (event_code varchar, event_name varchar, taakveld_code varchar, valid_from_year varchar, first_budget_year varchar, valid_to_year varchar, effect varchar, source varchar);

copy staging.distorting_events from '${SEEDS}/reference/distorting_events.csv' (format csv, header true, delimiter ',');

create table staging.financial_ratio_definitions (ratio_code varchar, ratio_name varchar, unit varchar, direction varchar, direction_basis varchar, plausible_from varchar, plausible_to varchar, definition varchar, source varchar);

copy staging.financial_ratio_definitions from '${SEEDS}/reference/financial_ratio_definitions.csv' (format csv, header true, delimiter ',');

create table staging.financial_ratios (municipality_code varchar, budget_year varchar, ratio_code varchar, figure_year varchar, figure_kind varchar, value varchar, value_text varchar, value_status varchar, source varchar, status_reason varchar);

insert into staging.financial_ratios select municipality_code, budget_year, ratio_code, figure_year, figure_kind, value, value_text, value_status, source, status_reason from read_parquet('${SEEDS}/benchmarks/financial_ratios.parquet');

create table staging.iv3_amounts (municipality_code varchar, fiscal_year varchar, report varchar, taakveld_code varchar, level varchar, expenses_keur varchar, revenue_keur varchar, value_status varchar, revenue_status varchar, cbs_table varchar, cbs_period varchar);

insert into staging.iv3_amounts select municipality_code, fiscal_year, report, taakveld_code, level, expenses_keur, revenue_keur, value_status, revenue_status, cbs_table, cbs_period from read_parquet('${SEEDS}/benchmarks/iv3_amounts.parquet');

create table staging.iv3_reports (suffix varchar, report varchar, report_name varchar, is_cumulative varchar);

copy staging.iv3_reports from '${SEEDS}/reference/iv3_reports.csv' (format csv, header true, delimiter ',');

create table staging.iv3_totals (municipality_code varchar, fiscal_year varchar, report varchar, expenses_keur varchar, revenue_keur varchar, value_status varchar, cbs_table varchar, cbs_period varchar);

insert into staging.iv3_totals select municipality_code, fiscal_year, report, expenses_keur, revenue_keur, value_status, cbs_table, cbs_period from read_parquet('${SEEDS}/benchmarks/iv3_totals.parquet');

create table staging.measure_themes (subject_kind varchar, subject_code varchar, theme varchar, reason varchar);

copy staging.measure_themes from '${SEEDS}/reference/measure_themes.csv' (format csv, header true, delimiter ',');

create table staging.municipalities (municipality_code varchar, municipality_name varchar, province_code varchar, valid_from varchar, valid_to varchar, source varchar);

copy staging.municipalities from '${SEEDS}/reference/municipalities.csv' (format csv, header true, delimiter ',');

create table staging.municipality_regions (region_kind varchar, region_code varchar, region_name varchar, municipality_code varchar, centre_code varchar, division_year varchar, source varchar);

copy staging.municipality_regions from '${SEEDS}/reference/municipality_regions.csv' (format csv, header true, delimiter ',');

create table staging.municipality_size_classes (boundary varchar, municipality_code varchar, valid_from_year varchar, valid_to_year varchar, size_class varchar, source varchar);

copy staging.municipality_size_classes from '${SEEDS}/reference/municipality_size_classes.csv' (format csv, header true, delimiter ',');

create table staging.peer_features (feature varchar, feature_name varchar, theme varchar, weight varchar, scale varchar);

copy staging.peer_features from '${SEEDS}/reference/peer_features.csv' (format csv, header true, delimiter ',');

create table staging.population (municipality_code varchar, reference_date varchar, inhabitants varchar, rounded_to varchar, source varchar);

insert into staging.population select municipality_code, reference_date, inhabitants, rounded_to, source from read_parquet('${SEEDS}/benchmarks/population.parquet');

create table staging.population_aged_0_17 (municipality_code varchar, reference_date varchar, inhabitants_aged_0_17 varchar, value_status varchar, source varchar);

insert into staging.population_aged_0_17 select municipality_code, reference_date, inhabitants_aged_0_17, value_status, source from read_parquet('${SEEDS}/benchmarks/population_aged_0_17.parquet');

create table staging.price_index (year varchar, price_index varchar, base_year varchar, status varchar, cbs_table varchar, source varchar);

copy staging.price_index from '${SEEDS}/benchmarks/price_index.csv' (format csv, header true, delimiter ',');

create table staging.product_taakvelden (municipality_code varchar, fiscal_year varchar, programme_code varchar, product_name varchar, taakveld_code varchar, weight varchar, weight_basis varchar, weight_fitted_on_iv3 varchar, explanation varchar, source varchar);

copy staging.product_taakvelden from '${SEEDS}/reference/product_taakvelden.csv' (format csv, header true, delimiter ',');

create table staging.prose_identities (identity_code varchar, municipality_code varchar, fiscal_year varchar, programme_code varchar, subject varchar, relation varchar, unit varchar, stated_lines varchar);

copy staging.prose_identities from '${SEEDS}/reference/prose_identities.csv' (format csv, header true, delimiter ',');

create table staging.prose_identity_terms (identity_code varchar, term_no varchar, side varchar, factor varchar, source_kind varchar, source_key varchar, counted_value varchar, counted_lines varchar);

copy staging.prose_identity_terms from '${SEEDS}/reference/prose_identity_terms.csv' (format csv, header true, delimiter ',');

create table staging.provinces (province_code varchar, province_name varchar, source varchar);

copy staging.provinces from '${SEEDS}/reference/provinces.csv' (format csv, header true, delimiter ',');

create table staging.reconciliation_judgements (identity varchar, municipality_code varchar, fiscal_year varchar, programme_code varchar, subject varchar, phase varchar, expected_difference varchar, status varchar, explanation varchar, since varchar, municipality_response varchar);

copy staging.reconciliation_judgements from '${SEEDS}/exceptions/reconciliation_judgements.csv' (format csv, header true, delimiter ',');

create table staging.size_classes (size_class varchar, size_class_name varchar, inhabitants_from varchar, inhabitants_to varchar, source varchar);

copy staging.size_classes from '${SEEDS}/reference/size_classes.csv' (format csv, header true, delimiter ',');

create table staging.statutory_indicator_definitions (indicator_code varchar, indicator_name varchar, direction varchar, direction_basis varchar, source varchar);

copy staging.statutory_indicator_definitions from '${SEEDS}/reference/statutory_indicator_definitions.csv' (format csv, header true, delimiter ',');

create table staging.statutory_units (indicator_code varchar, unit_printed varchar, reference_unit varchar, factor varchar, comparability varchar, reason varchar);

copy staging.statutory_units from '${SEEDS}/reference/statutory_units.csv' (format csv, header true, delimiter ',');

create table staging.statutory_values (area_name varchar, indicator_code varchar, fiscal_year varchar, kind varchar, published_name varchar, address varchar, area_code varchar, value_text varchar, value varchar, unit varchar, value_status varchar, status_reason varchar);

copy staging.statutory_values from '${SEEDS}/benchmarks/statutory_values.csv' (format csv, header true, delimiter ',');

create table staging.structural_features (municipality_code varchar, feature varchar, period varchar, value varchar, value_text varchar, unit varchar, rounded_to varchar, source varchar, cbs_table varchar);

insert into staging.structural_features select municipality_code, feature, period, value, value_text, unit, rounded_to, source, cbs_table from read_parquet('${SEEDS}/benchmarks/structural_features.parquet');

create table staging.structure_classes (municipality_code varchar, division_year varchar, social_structure varchar, centre_function varchar, source varchar);

copy staging.structure_classes from '${SEEDS}/reference/structure_classes.csv' (format csv, header true, delimiter ',');

create table staging.taakvelden (taakveld_code varchar, valid_from_year varchar, valid_to_year varchar, taakveld_name varchar, main_taakveld_code varchar, main_taakveld_name varchar, cluster_code varchar, cluster_name varchar, source varchar);

copy staging.taakvelden from '${SEEDS}/reference/taakvelden.csv' (format csv, header true, delimiter ',');

create view staging.stg_accounts__action_points as
with source as (
    select * from read_csv('${SEEDS}/accounts/action_points.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(action_code) as action_code,
        trim(theme_code) as theme_code,
        trim(objective_code) as objective_code,
        trim(title) as title,
        trim(partner) as partner,
        trim(deadline) as deadline,
        trim(status_interim) as status_interim,
        trim(status_final) as status_final,
        trim(status_from_text) as status_from_text,
        cast(carried_over as boolean) as carried_over,
        cast(savings_target_keur as decimal(18, 3)) as savings_target_keur,
        trim(savings_realised) as savings_realised,
        trim(explanation) as explanation,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(explanation_source_line as integer) as explanation_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table marts.action_points as
with
action_points as (
    select * from staging.stg_accounts__action_points
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    action_code,
    theme_code,
    objective_code,
    title,
    partner,
    deadline,
    status_interim,
    status_final,
    status_from_text,
    carried_over,
    savings_target_keur,
    savings_realised,
    explanation,
    value_status,
    status_reason,
    source_document,
    source_line,
    explanation_source_line
from action_points
order by municipality_code, fiscal_year, programme_code, action_code;

create view staging.stg_cbs__iv3_cells as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/iv3_cells/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(id as bigint) as cell_no,
        cast(_year as integer) as fiscal_year,
        trim(region_code) as municipality_code,
        right(trim(report_code), 4) as report_suffix,
        trim(taakveld_code) as taakveld_code,
        trim(category_code) as category_code,
        cast(first_publication as decimal(18, 3)) as first_keur,
        cast(second_publication as decimal(18, 3)) as second_keur,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source
)
select * from renamed;

create view staging.stg_cbs__iv3_regions as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/iv3_regions/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as fiscal_year,
        trim(code) as municipality_code,
        trim(title) as municipality_name,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_reference__boundary_changes as
with source as (
    select * from staging.boundary_changes
),
renamed as (
    select
        trim(predecessor_code) as predecessor_code,
        trim(successor_code) as successor_code,
        cast(effective_date as date) as effective_date,
        trim(kind) as kind,
        cast(weight as decimal(18, 6)) as weight,
        trim(weight_basis) as weight_basis,
        trim(source) as source,
        trim(note) as note,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_reference__iv3_reports as
with source as (
    select * from staging.iv3_reports
),
renamed as (
    select
        trim(suffix) as report_suffix,
        trim(report) as report,
        trim(report_name) as report_name,
        cast(is_cumulative as boolean) as is_cumulative
    from source
)
select * from renamed;

create table intermediate.int_iv3__deliveries as
-- One row per municipality of a landed Iv3 table and report that at least one of them delivered.
-- Delivered means at least one cell that is not zero, balance posts included. The second
-- publication holds for a municipality and report as soon as it has such a cell; `vintage` is null
-- where neither has one. What merged away during the year did not fall silent where its successor
-- delivered that report: it is `not_applicable`.
with
cells as (
    select * from staging.stg_cbs__iv3_cells
),
regions as (
    select * from staging.stg_cbs__iv3_regions
),
reports as (
    select * from staging.stg_reference__iv3_reports
),
changes as (
    select * from staging.stg_reference__boundary_changes
),
delivered as (
    select
        fiscal_year,
        report_suffix,
        municipality_code,
        case
            when bool_or(second_keur != 0) then 2
            when bool_or(first_keur != 0) then 1
        end as vintage
    from cells
    group by fiscal_year, report_suffix, municipality_code
),
published as (
    select distinct
        fiscal_year,
        report_suffix
    from delivered
    where vintage is not null
),
reported_by_successor as (
    select
        delivered.fiscal_year,
        delivered.report_suffix,
        changes.predecessor_code
    from delivered
    inner join changes
        on
            delivered.municipality_code = changes.successor_code
            and delivered.fiscal_year = year(changes.effective_date)
            and changes.effective_date > make_date(delivered.fiscal_year, 1, 1)
    where delivered.vintage is not null
)
select
    regions.municipality_code,
    regions.fiscal_year,
    reports.report,
    published.report_suffix,
    delivered.vintage,
    case
        when delivered.vintage = 2 then 'reported'
        when delivered.vintage = 1 then 'provisional'
        when reported_by_successor.predecessor_code is not null then 'not_applicable'
        else 'not_reported'
    end as value_status,
    regions.source_table,
    regions.source_delivery
from regions
inner join published on regions.fiscal_year = published.fiscal_year
inner join reports on published.report_suffix = reports.report_suffix
left join delivered
    on
        regions.fiscal_year = delivered.fiscal_year
        and published.report_suffix = delivered.report_suffix
        and regions.municipality_code = delivered.municipality_code
left join reported_by_successor
    on
        regions.fiscal_year = reported_by_successor.fiscal_year
        and published.report_suffix = reported_by_successor.report_suffix
        and regions.municipality_code = reported_by_successor.predecessor_code
where regions.municipality_code like 'GM%';

create view staging.stg_benchmarks__iv3_amounts as
with source as (
    select * from staging.iv3_amounts
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        trim(taakveld_code) as taakveld_code,
        trim(level) as level,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        trim(value_status) as value_status,
        trim(revenue_status) as revenue_status,
        trim(cbs_table) as cbs_table,
        trim(cbs_period) as cbs_period,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_cbs__iv3_taakvelden as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/iv3_taakvelden/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as fiscal_year,
        trim(code) as taakveld_code,
        trim(title) as taakveld_title,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create table intermediate.int_iv3__taakveld_amounts as
-- One row per municipality, report and taakveld: landed ones dense over the taakvelden of their
-- year, bundled ones as they are, of years that have not landed. Expenses are all L categories,
-- revenue all B categories; balance posts (A, P) and opening and closing balances do not count.
with
cells as (
    select * from staging.stg_cbs__iv3_cells
),
taakvelden as (
    select * from staging.stg_cbs__iv3_taakvelden
),
deliveries as (
    select * from intermediate.int_iv3__deliveries
),
bundled as (
    select * from staging.stg_benchmarks__iv3_amounts
),
sums as (
    select
        cells.municipality_code,
        cells.fiscal_year,
        cells.report_suffix,
        cells.taakveld_code,
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where regexp_matches(cells.category_code, '^L[0-9]')
        ) as expenses_keur,
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where regexp_matches(cells.category_code, '^B[0-9]')
        ) as revenue_keur
    from cells
    inner join deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix
    group by cells.municipality_code, cells.fiscal_year, cells.report_suffix, cells.taakveld_code
),
landed as (
    select
        deliveries.municipality_code,
        deliveries.fiscal_year,
        deliveries.report,
        taakvelden.taakveld_code,
        'taakveld' as level,
        deliveries.vintage,
        case when deliveries.vintage is not null then coalesce(sums.expenses_keur, 0) end
            as expenses_keur,
        case when deliveries.vintage is not null then coalesce(sums.revenue_keur, 0) end
            as revenue_keur,
        deliveries.value_status,
        deliveries.value_status as revenue_status,
        taakvelden.taakveld_title,
        deliveries.source_table,
        deliveries.source_delivery,
        cast(null as integer) as source_line
    from deliveries
    inner join taakvelden on deliveries.fiscal_year = taakvelden.fiscal_year
    left join sums
        on
            deliveries.municipality_code = sums.municipality_code
            and deliveries.fiscal_year = sums.fiscal_year
            and deliveries.report_suffix = sums.report_suffix
            and taakvelden.taakveld_code = sums.taakveld_code
    where regexp_full_match(taakvelden.taakveld_code, '[0-9]+[.][0-9]+[a-z]?')
),
not_landed as (
    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        cast(null as varchar) as taakveld_title,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from bundled
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)
),
unioned as (
    select * from landed
    union all
    select * from not_landed
)
select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    vintage,
    cast(expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(revenue_keur as decimal(18, 3)) as revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line
from unioned;

create view staging.stg_benchmarks__population as
with source as (
    select * from staging.population
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants as integer) as inhabitants,
        cast(rounded_to as integer) as rounded_to,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_cbs__population as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/population/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        cast(nullif(trim(inhabitants), '.') as integer) as inhabitants,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source
)
select * from renamed;

create table intermediate.int_population__inhabitants as
-- One row per municipality and year: inhabitants on 1 January. Landed figures replace the bundled
-- ones of their year, all municipalities at once.
with
landed as (
    select * from staging.stg_cbs__population
),
bundled as (
    select * from staging.stg_benchmarks__population
),
landed_years as (
    select
        municipality_code,
        cast(left(period, 4) as integer) as fiscal_year,
        inhabitants,
        'cbs_population' as seed_name,
        source_line as seed_line,
        concat('CBS ', source_table, ', ', period) as source_document,
        concat_ws(
            ':',
            'raw/cbs/population/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as inhabitants_source
    from landed
    where
        right(period, 4) = 'JJ00'
        and municipality_code like 'GM%'
        and inhabitants is not null
),
bundled_years as (
    select
        municipality_code,
        year(reference_date) as fiscal_year,
        inhabitants,
        'population' as seed_name,
        seed_line,
        source as source_document,
        concat('${SEEDS}/benchmarks/population.parquet:', seed_line) as inhabitants_source
    from bundled
    where month(reference_date) = 1 and day(reference_date) = 1
)
select
    municipality_code,
    fiscal_year,
    inhabitants,
    seed_name,
    seed_line,
    source_document,
    inhabitants_source
from landed_years
union all
select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    inhabitants,
    seed_name,
    seed_line,
    source_document,
    inhabitants_source
from bundled_years
where fiscal_year not in (select landed_years.fiscal_year from landed_years);

create view staging.stg_reference__municipality_regions as
with source as (
    select * from staging.municipality_regions
),
renamed as (
    select
        trim(region_kind) as region_kind,
        trim(region_code) as region_code,
        trim(region_name) as region_name,
        trim(municipality_code) as municipality_code,
        trim(centre_code) as centre_code,
        cast(division_year as integer) as division_year,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_boundaries__years as
-- One row per year for which a municipality has people or Iv3 spending.
with
population as (
    select fiscal_year from intermediate.int_population__inhabitants
),
amounts as (
    select fiscal_year from intermediate.int_iv3__taakveld_amounts
),
divisions as (
    -- The year of a division to which a reference list of municipalities refers.
    select division_year as fiscal_year from staging.stg_reference__municipality_regions
)
select fiscal_year from population
union
select fiscal_year from amounts
union
select fiscal_year from divisions;

create view staging.stg_reference__municipalities as
with source as (
    select * from staging.municipalities
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        trim(municipality_name) as municipality_name,
        trim(province_code) as province_code,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        trim(source) as source
    from source
)
select * from renamed;

create table intermediate.int_boundaries__weights as
-- One row per municipality of a year and municipality of a later division: which part of the first
-- lies in the second. Chains of changes are followed forward in time; `to_year` 9999 is today's
-- division. A year's division is that of 1 January, so what merged during a year is still whole in
-- it. A municipality that delivered but is not in the list of its year (`is_listed`) stays what it
-- is: its money is not lost.
with recursive
municipalities as (
    select * from staging.stg_reference__municipalities
),
changes as (
    select * from staging.stg_reference__boundary_changes
),
amounts as (
    select distinct
        fiscal_year,
        municipality_code
    from intermediate.int_iv3__taakveld_amounts
),
years as (
    select fiscal_year from intermediate.int_boundaries__years
),
pairs as (
    select
        from_years.fiscal_year as from_year,
        to_years.fiscal_year as to_year
    from years as from_years
    inner join
        (
            select years.fiscal_year from years
            union all
            select 9999 as fiscal_year
        ) as to_years
        on from_years.fiscal_year <= to_years.fiscal_year
),
listed as (
    select
        years.fiscal_year,
        municipalities.municipality_code
    from years
    inner join municipalities
        on
            make_date(years.fiscal_year, 1, 1)
            between municipalities.valid_from
            and coalesce(municipalities.valid_to, date '9999-12-31')
),
started as (
    select
        listed.*,
        true as is_listed
    from listed
    union all
    select
        amounts.*,
        false as is_listed
    from amounts
    anti join listed
        on
            amounts.fiscal_year = listed.fiscal_year
            and amounts.municipality_code = listed.municipality_code
),
walked as (
    select
        pairs.from_year,
        pairs.to_year,
        started.municipality_code,
        started.municipality_code as successor_code,
        started.is_listed,
        make_date(pairs.from_year, 1, 1) as changed_on,
        cast(1 as decimal(28, 12)) as weight,
        false as is_estimate
    from pairs
    inner join started on pairs.from_year = started.fiscal_year
    union all
    select
        walked.from_year,
        walked.to_year,
        walked.municipality_code,
        changes.successor_code,
        walked.is_listed,
        changes.effective_date as changed_on,
        cast(walked.weight * changes.weight as decimal(28, 12)) as weight,
        walked.is_estimate or changes.weight < 1 as is_estimate
    from walked
    inner join changes
        on
            walked.successor_code = changes.predecessor_code
            and walked.changed_on < changes.effective_date
            and make_date(walked.to_year, 1, 1) >= changes.effective_date
),
-- A municipality that changed again is a step of the walk, not its end.
ended as (
    select walked.*
    from walked
    anti join changes
        on
            walked.successor_code = changes.predecessor_code
            and walked.changed_on < changes.effective_date
            and make_date(walked.to_year, 1, 1) >= changes.effective_date
),
summed as (
    select
        from_year,
        to_year,
        municipality_code,
        successor_code,
        is_listed,
        cast(sum(weight) as decimal(28, 12)) as weight,
        bool_or(is_estimate) as is_estimate
    from ended
    group by from_year, to_year, municipality_code, successor_code, is_listed
)
select
    from_year,
    to_year,
    municipality_code,
    successor_code,
    weight,
    is_listed,
    is_estimate,
    cast(sum(weight) over whole as decimal(28, 12)) as weights_total,
    row_number() over (whole order by weight desc, successor_code asc) = 1 as is_largest_part
from summed
window whole as (partition by from_year, to_year, municipality_code);

create table marts.boundary_weights as
with
weights as (
    select * from intermediate.int_boundaries__weights
)
select
    from_year,
    municipality_code,
    to_year,
    successor_code,
    weight,
    weights_total,
    is_largest_part,
    is_listed,
    is_estimate
from weights
order by from_year, municipality_code, to_year, successor_code;

create view staging.stg_accounts__chapter_facts as
with source as (
    select * from read_csv('${SEEDS}/accounts/chapter_facts.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        cast(fact_no as integer) as fact_no,
        trim(kind) as kind,
        trim(code) as code,
        trim(title) as title,
        trim(party_role) as party_role,
        trim(objective_code) as objective_code,
        trim(products) as products,
        cast(value as decimal(18, 3)) as value,
        trim(unit) as unit,
        cast(rounded_to as decimal(18, 3)) as rounded_to,
        trim(hedge) as hedge,
        trim(value_text) as value_text,
        cast(reference_year as integer) as reference_year,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_reference__prose_identities as
with source as (
    select * from staging.prose_identities
),
renamed as (
    select
        trim(identity_code) as identity_code,
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(subject) as subject,
        trim(relation) as relation,
        trim(unit) as unit,
        trim(stated_lines) as stated_lines
    from source
)
select * from renamed;

create view staging.stg_reference__prose_identity_terms as
with source as (
    select * from staging.prose_identity_terms
),
renamed as (
    select
        trim(identity_code) as identity_code,
        cast(term_no as integer) as term_no,
        trim(side) as side,
        cast(factor as decimal(18, 6)) as factor,
        trim(source_kind) as source_kind,
        trim(source_key) as source_key,
        cast(counted_value as decimal(18, 3)) as counted_value,
        trim(counted_lines) as counted_lines,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table marts.chapter_facts as
with
facts as (
    select * from staging.stg_accounts__chapter_facts
),
identities as (
    select * from staging.stg_reference__prose_identities
),
terms as (
    select * from staging.stg_reference__prose_identity_terms
),
checked_by as (
    select
        identities.municipality_code,
        identities.fiscal_year,
        identities.programme_code,
        terms.source_key as fact_no,
        string_agg(distinct identities.identity_code, ', ' order by identities.identity_code)
            as identity_codes
    from terms
    inner join identities on terms.identity_code = identities.identity_code
    where terms.source_kind = 'fact'
    group by
        identities.municipality_code,
        identities.fiscal_year,
        identities.programme_code,
        terms.source_key
)
select
    facts.municipality_code,
    facts.fiscal_year,
    facts.programme_code,
    facts.fact_no,
    facts.kind,
    facts.code,
    facts.title,
    facts.party_role,
    facts.objective_code,
    facts.products,
    facts.value,
    facts.unit,
    facts.hedge,
    facts.value_text,
    facts.reference_year,
    checked_by.identity_codes as reconciles_with,
    facts.value_status,
    facts.source_document,
    facts.source_line
from facts
left join checked_by
    on
        facts.municipality_code = checked_by.municipality_code
        and facts.fiscal_year = checked_by.fiscal_year
        and facts.programme_code = checked_by.programme_code
        and cast(facts.fact_no as varchar) = checked_by.fact_no
order by facts.municipality_code, facts.fiscal_year, facts.programme_code, facts.fact_no;

create view staging.stg_benchmarks__iv3_totals as
with source as (
    select * from staging.iv3_totals
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        trim(value_status) as value_status,
        trim(cbs_table) as cbs_table,
        trim(cbs_period) as cbs_period,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_boundaries__amounts as
-- One row per boundary, municipality, report and taakveld (or total of a bundled year): the amounts
-- as delivered, and the same money at today's boundaries. Every cent delivered arrives: a split is
-- rounded to 0.001 and its remainder goes to its largest part. A part that was silent, or that our
-- sources do not hold, makes the whole `partially_reported`; what merged away during the year and
-- was reported by its successor is no part of that year.
with
amounts as (
    select * from intermediate.int_iv3__taakveld_amounts
),
totals as (
    select * from staging.stg_benchmarks__iv3_totals
),
deliveries as (
    select * from intermediate.int_iv3__deliveries
),
weights as (
    select * from intermediate.int_boundaries__weights
    where to_year = 9999
),
reported as (
    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        taakveld_title,
        source_table,
        source_delivery,
        source_line
    from amounts
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        'total' as taakveld_code,
        'total' as level,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        value_status as revenue_status,
        cast(null as varchar) as taakveld_title,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from totals
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)
),
asked as (
    select distinct
        fiscal_year,
        report,
        taakveld_code,
        level
    from reported
),
rounded as (
    select
        asked.fiscal_year,
        asked.report,
        asked.taakveld_code,
        asked.level,
        weights.municipality_code,
        weights.successor_code,
        weights.weight,
        weights.weights_total,
        weights.is_largest_part,
        weights.is_listed,
        weights.is_estimate,
        reported.vintage,
        reported.expenses_keur,
        reported.revenue_keur,
        coalesce(reported.value_status, 'not_captured') as value_status,
        coalesce(reported.revenue_status, 'not_captured') as revenue_status,
        reported.taakveld_title,
        reported.source_table,
        reported.source_delivery,
        reported.source_line,
        round(reported.expenses_keur * weights.weight, 3) as expenses_part,
        round(reported.revenue_keur * weights.weight, 3) as revenue_part
    from weights
    inner join asked on weights.from_year = asked.fiscal_year
    left join reported
        on
            weights.municipality_code = reported.municipality_code
            and asked.fiscal_year = reported.fiscal_year
            and asked.report = reported.report
            and asked.taakveld_code = reported.taakveld_code
            and asked.level = reported.level
),
parts as (
    select
        *,
        expenses_part + if(
            is_largest_part,
            round(expenses_keur * weights_total, 3) - sum(expenses_part) over split,
            0
        ) as expenses_moved,
        revenue_part + if(
            is_largest_part,
            round(revenue_keur * weights_total, 3) - sum(revenue_part) over split,
            0
        ) as revenue_moved
    from rounded
    -- Who began during the year is a part of what it reported itself only.
    where value_status != 'not_applicable' and (is_listed or source_table is not null)
    window
        split as (
            partition by fiscal_year, report, taakveld_code, level, municipality_code
        )
),
today as (
    select
        successor_code as municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        min(vintage) as vintage,
        cast(sum(expenses_moved) as decimal(18, 3)) as expenses_keur,
        cast(
            if(count(revenue_moved) = count(expenses_moved), sum(revenue_moved), null)
            as decimal(18, 3)
        ) as revenue_keur,
        case
            when count(expenses_moved) = 0 and bool_and(value_status = 'not_captured')
                then 'not_captured'
            when count(expenses_moved) = 0 then 'not_reported'
            when count(expenses_moved) < count(*) then 'partially_reported'
            when bool_or(is_estimate) then 'estimated'
            when bool_or(value_status = 'provisional') then 'provisional'
            else 'reported'
        end as value_status,
        case
            when count(revenue_moved) = 0 and bool_or(revenue_status = 'not_captured')
                then 'not_captured'
            when count(revenue_moved) = 0 then 'not_reported'
            when count(revenue_moved) < count(*) then 'partially_reported'
            when bool_or(is_estimate) then 'estimated'
            when bool_or(revenue_status = 'provisional') then 'provisional'
            else 'reported'
        end as revenue_status,
        any_value(taakveld_title) as taakveld_title,
        min(source_table) as source_table,
        min(source_delivery) as source_delivery,
        if(count(*) = 1, min(source_line), null) as source_line,
        string_agg(
            concat(
                municipality_code,
                if(weight < 1, concat(' x ', rtrim(cast(weight as varchar), '0')), ''),
                if(expenses_moved is null, ' (' || value_status || ')', '')
            ),
            ', '
            order by municipality_code
        ) as parts
    from parts
    group by successor_code, fiscal_year, report, taakveld_code, level
    having count(source_table) > 0
)
select
    'as_reported' as boundary,
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    vintage,
    cast(expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(revenue_keur as decimal(18, 3)) as revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line,
    municipality_code as parts
from reported
union all
select
    'current' as boundary,
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    vintage,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line,
    parts
from today;

create view staging.stg_reference__taakvelden as
with source as (
    select * from staging.taakvelden
),
renamed as (
    select
        trim(taakveld_code) as taakveld_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(taakveld_name) as taakveld_name,
        trim(main_taakveld_code) as main_taakveld_code,
        trim(main_taakveld_name) as main_taakveld_name,
        trim(cluster_code) as cluster_code,
        trim(cluster_name) as cluster_name,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_boundaries__cluster_amounts as
-- One row per boundary, municipality, report and cluster of taakvelden: sums of taakvelden, or of
-- the rolled-up codes that our bundled source gives instead. Null where one taakveld is.
with
amounts as (
    select * from intermediate.int_boundaries__amounts
    where level != 'total'
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
codes as (
    select distinct
        fiscal_year,
        taakveld_code,
        level
    from amounts
),
-- A code that is rolled up stands for all codes that begin with it; they are of one cluster.
clusters as (
    select distinct
        codes.fiscal_year,
        codes.taakveld_code,
        codes.level,
        taakvelden.cluster_code,
        taakvelden.cluster_name
    from codes
    inner join taakvelden
        on
            if(
                codes.level = 'rolled_up',
                starts_with(taakvelden.taakveld_code, codes.taakveld_code),
                codes.taakveld_code = taakvelden.taakveld_code
            )
            and codes.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
    where taakvelden.cluster_code is not null
)
select
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    clusters.cluster_code,
    any_value(clusters.cluster_name) as cluster_name,
    min(amounts.vintage) as vintage,
    cast(
        if(count(amounts.expenses_keur) = count(*), sum(amounts.expenses_keur), null)
        as decimal(18, 3)
    ) as expenses_keur,
    cast(
        if(count(amounts.revenue_keur) = count(*), sum(amounts.revenue_keur), null)
        as decimal(18, 3)
    ) as revenue_keur,
    cast(count(*) as integer) as taakvelden_n,
    -- One delivery holds all taakvelden of a report, so that they share their status.
    min(amounts.value_status) as value_status,
    min(amounts.revenue_status) as revenue_status,
    min(amounts.source_table) as source_table,
    min(amounts.source_delivery) as source_delivery,
    min(amounts.parts) as parts
from amounts
inner join clusters
    on
        amounts.fiscal_year = clusters.fiscal_year
        and amounts.taakveld_code = clusters.taakveld_code
        and amounts.level = clusters.level
group by
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    clusters.cluster_code;

create table intermediate.int_boundaries__inhabitants as
-- One row per boundary, municipality, year and report: the people of the body that reported, on 1
-- January. Who merged away during the year and did not report itself lives in its successor. At
-- today's boundaries the parts of a split add up to its people; the remainder of rounding goes to
-- the largest part, and one unknown part makes the whole unknown.
with
population as (
    select * from intermediate.int_population__inhabitants
),
changes as (
    select * from staging.stg_reference__boundary_changes
),
reports as (
    select * from staging.stg_reference__iv3_reports
),
deliveries as (
    select * from intermediate.int_iv3__deliveries
),
weights as (
    select * from intermediate.int_boundaries__weights
    where to_year = 9999
),
-- A budget is made before a merger during the year, every later report after it.
merged_during_year as (
    select
        changes.predecessor_code,
        changes.successor_code,
        reports.report,
        year(changes.effective_date) as fiscal_year
    from changes
    cross join reports
    anti join deliveries
        on
            changes.predecessor_code = deliveries.municipality_code
            and year(changes.effective_date) = deliveries.fiscal_year
            and reports.report = deliveries.report
            and deliveries.vintage is not null
    where
        changes.effective_date > make_date(year(changes.effective_date), 1, 1)
        and reports.report != 'budget'
),
reported as (
    select
        population.fiscal_year,
        reports.report,
        coalesce(merged_during_year.successor_code, population.municipality_code)
            as municipality_code,
        cast(sum(population.inhabitants) as integer) as inhabitants,
        min(population.inhabitants_source) filter (
            where merged_during_year.successor_code is null
        ) as inhabitants_source
    from population
    cross join reports
    left join merged_during_year
        on
            population.municipality_code = merged_during_year.predecessor_code
            and population.fiscal_year = merged_during_year.fiscal_year
            and reports.report = merged_during_year.report
    group by
        population.fiscal_year,
        reports.report,
        coalesce(merged_during_year.successor_code, population.municipality_code)
),
rounded as (
    select
        weights.from_year as fiscal_year,
        weights.municipality_code,
        weights.successor_code,
        weights.weights_total,
        weights.is_largest_part,
        population.inhabitants,
        population.inhabitants_source,
        round(population.inhabitants * weights.weight) as part
    from weights
    left join population
        on
            weights.municipality_code = population.municipality_code
            and weights.from_year = population.fiscal_year
    where weights.is_listed or population.inhabitants is not null
),
parts as (
    select
        fiscal_year,
        successor_code,
        inhabitants_source,
        part + if(
            is_largest_part,
            round(inhabitants * weights_total)
            - sum(part) over (partition by fiscal_year, municipality_code),
            0
        ) as inhabitants
    from rounded
),
today as (
    select
        fiscal_year,
        successor_code as municipality_code,
        cast(
            if(count(inhabitants) = count(*), sum(inhabitants), null) as integer
        ) as inhabitants,
        if(count(*) = 1, min(inhabitants_source), null) as inhabitants_source
    from parts
    group by fiscal_year, successor_code
)
select
    'as_reported' as boundary,
    municipality_code,
    fiscal_year,
    report,
    inhabitants,
    inhabitants_source
from reported
union all
select
    'current' as boundary,
    today.municipality_code,
    today.fiscal_year,
    reports.report,
    today.inhabitants,
    today.inhabitants_source
from today
cross join reports
where today.inhabitants is not null;

create view staging.stg_benchmarks__price_index as
with source as (
    select * from staging.price_index
),
renamed as (
    select
        cast(year as integer) as price_year,
        cast(price_index as decimal(18, 2)) as price_index,
        cast(base_year as integer) as base_year,
        trim(status) as status,
        trim(cbs_table) as cbs_table,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_cbs__cpi as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/cpi/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(category_code) as category_code,
        trim(period) as period,
        cast(nullif(trim(price_index), '.') as decimal(18, 2)) as price_index,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source
)
select * from renamed;

create view staging.stg_cbs__cpi_periods as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/cpi_periods/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(code) as period,
        trim(title) as period_title,
        trim(status) as period_status,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create table intermediate.int_prices__index as
-- One row per year: consumer price index over all spending, yearly mean. Landed figures replace the
-- bundled ones of their year.
with
landed as (
    select * from staging.stg_cbs__cpi
),
periods as (
    select * from staging.stg_cbs__cpi_periods
),
bundled as (
    select * from staging.stg_benchmarks__price_index
),
landed_years as (
    select
        cast(left(landed.period, 4) as integer) as price_year,
        landed.price_index,
        2015 as price_base_year,
        if(periods.period_status = 'Definitief', 'reported', 'provisional') as value_status,
        concat('CBS ', landed.source_table, ', ', landed.period) as source,
        concat_ws(
            ':',
            'raw/cbs/cpi/' || landed.source_table || '.parquet',
            landed.source_delivery,
            landed.source_file,
            landed.source_line
        ) as price_index_source
    from landed
    left join periods
        on landed.source_table = periods.source_table and landed.period = periods.period
    where right(landed.period, 4) = 'JJ00' and landed.price_index is not null
),
bundled_years as (
    select
        price_year,
        price_index,
        base_year as price_base_year,
        if(status = 'definitive', 'reported', 'provisional') as value_status,
        source,
        concat('${SEEDS}/benchmarks/price_index.csv:', seed_line) as price_index_source
    from bundled
)
select * from landed_years
union all
select * from bundled_years
where price_year not in (select landed_years.price_year from landed_years);

create table marts.cluster_spending as
with
amounts as (
    select * from intermediate.int_boundaries__cluster_amounts
    where boundary = 'as_reported'
),
population as (
    select * from intermediate.int_boundaries__inhabitants
    where boundary = 'as_reported'
),
prices as (
    select * from intermediate.int_prices__index
)
select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.cluster_code,
    amounts.cluster_name,
    amounts.vintage,
    amounts.expenses_keur,
    amounts.revenue_keur,
    cast(amounts.expenses_keur - amounts.revenue_keur as decimal(18, 3)) as net_cost_keur,
    amounts.taakvelden_n,
    population.inhabitants,
    cast(
        round(
            amounts.expenses_keur * 1000.0 / nullif(population.inhabitants, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_eur_per_inhabitant,
    cast(
        round(
            amounts.expenses_keur * 1000.0 / nullif(population.inhabitants, 0) * 100.0 / nullif(prices.price_index, 0),
            2
        ) as decimal(18, 2)
    ) as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    amounts.value_status,
    amounts.revenue_status,
    amounts.source_table,
    amounts.source_delivery
from amounts
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join prices on amounts.fiscal_year = prices.price_year
order by amounts.municipality_code, amounts.fiscal_year, amounts.report, amounts.cluster_code;

create table intermediate.int_comparison__spending as
-- One row per boundary, municipality, budget or accounts, and subject that municipalities are
-- compared on: a taakveld, a cluster of taakvelden, or all of it. Reserves (0.10) and the closing
-- result (0.11) are no spending.
with
amounts as (
    select * from intermediate.int_boundaries__amounts
    where report in ('budget', 'accounts') and taakveld_code not in ('0.10', '0.11')
),
clusters as (
    select * from intermediate.int_boundaries__cluster_amounts
    where report in ('budget', 'accounts')
)
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    level as subject_kind,
    taakveld_code as subject_code,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status
from amounts
where level in ('taakveld', 'total')
union all
-- Where Iv3 has landed, all taakvelden are there and the total is their sum.
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'total' as subject_kind,
    'total' as subject_code,
    cast(sum(expenses_keur) as decimal(18, 3)) as expenses_keur,
    cast(sum(revenue_keur) as decimal(18, 3)) as revenue_keur,
    min(value_status) as value_status,
    min(revenue_status) as revenue_status
from amounts
where level = 'taakveld' and source_delivery is not null
group by boundary, municipality_code, fiscal_year, report
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'cluster' as subject_kind,
    cluster_code as subject_code,
    expenses_keur,
    revenue_keur,
    value_status,
    revenue_status
from clusters;

create view staging.stg_reference__comparability_rules as
with source as (
    select * from staging.comparability_rules
),
renamed as (
    select
        trim(subject_kind) as subject_kind,
        trim(subject_code) as subject_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(denominator) as denominator,
        trim(comparability) as comparability,
        trim(reason_code) as reason_code,
        trim(reason) as reason,
        trim(source) as source
    from source
)
select * from renamed;

create table intermediate.int_comparison__iv3_measures as
-- One row per measure of Iv3 spending: what is divided by whom, in which prices. Every subject has
-- its expenses and its net cost per inhabitant; clusters and the total also in prices of the
-- index's base year; clusters also with overhead spread over them; youth care also per young
-- inhabitant, and what centre municipalities do for a region also per inhabitant of that region.
with
spending as (
    select * from intermediate.int_comparison__spending
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
rules as (
    select * from staging.stg_reference__comparability_rules
),
prices as (
    select * from intermediate.int_prices__index
),
names as (
    select
        'taakveld' as subject_kind,
        taakveld_code as subject_code,
        max_by(taakveld_name, valid_from_year) as subject_name,
        min(valid_from_year) as valid_from_year,
        if(count(valid_to_year) = count(*), max(valid_to_year), null) as valid_to_year
    from taakvelden
    group by taakveld_code
    union all
    select distinct
        'cluster' as subject_kind,
        cluster_code as subject_code,
        cluster_name as subject_name,
        2017 as valid_from_year,
        cast(null as integer) as valid_to_year
    from taakvelden
    where cluster_code is not null
    union all
    select
        'total' as subject_kind,
        'total' as subject_code,
        'Alle taakvelden behalve reserves (0.10) en resultaat (0.11)' as subject_name,
        2017 as valid_from_year,
        cast(null as integer) as valid_to_year
),
subjects as (
    select distinct
        spending.subject_kind,
        spending.subject_code,
        coalesce(names.subject_name, spending.subject_code) as subject_name,
        names.valid_from_year,
        names.valid_to_year,
        concat(
            if(spending.subject_kind = 'cluster', 'cluster_', ''), spending.subject_code
        ) as subject_part
    from spending
    left join names
        on
            spending.subject_kind = names.subject_kind
            and spending.subject_code = names.subject_code
),
base_year as (
    select max(price_base_year) as price_base_year from prices
),
measures as (
    select
        *,
        'plain' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part) as measure_code
    from subjects
    union all
    select
        *,
        'plain' as variant,
        'net' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_net_cost_', subject_part) as measure_code
    from subjects
    union all
    select
        *,
        'plain' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'real' as price_basis,
        concat('iv3_expenses_', subject_part, '_real') as measure_code
    from subjects
    where subject_kind in ('cluster', 'total')
    union all
    -- Overhead itself is booked in the cluster of administration.
    select
        *,
        'with_overhead' as variant,
        'gross' as side,
        'inhabitants' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_with_overhead') as measure_code
    from subjects
    where subject_kind = 'cluster' and subject_code != 'bestuur'
    union all
    select
        *,
        'plain' as variant,
        'gross' as side,
        'aged_0_17' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_aged_0_17') as measure_code
    from subjects
    where subject_kind = 'cluster' and subject_code = 'jeugd'
    union all
    select
        subjects.*,
        'plain' as variant,
        'gross' as side,
        'serving_region' as denominator,
        'nominal' as price_basis,
        concat('iv3_expenses_', subject_part, '_serving_region') as measure_code
    from subjects
    where
        (subject_kind, subject_code) in (
            select (rules.subject_kind, rules.subject_code)
            from rules
            where rules.denominator = 'serving_region'
        )
)
select
    measures.measure_code,
    measures.subject_kind,
    measures.subject_code,
    measures.subject_name,
    measures.valid_from_year,
    measures.valid_to_year,
    measures.variant,
    measures.side,
    measures.denominator,
    measures.price_basis,
    concat(
        if(measures.side = 'net', 'Saldo van lasten en baten, als kosten: ', 'Lasten: '),
        if(measures.subject_kind = 'taakveld', measures.subject_code || ' ', ''),
        measures.subject_name,
        if(measures.variant = 'with_overhead', ', met overhead naar rato', ''),
        if(
            measures.price_basis = 'real',
            concat(', in prijzen van ', base_year.price_base_year, ' (CPI)'),
            ''
        )
    ) as measure_name,
    case measures.denominator
        when 'inhabitants' then 'euro per inwoner'
        when 'aged_0_17' then 'euro per inwoner van 0 tot en met 17 jaar'
        when 'serving_region' then 'euro per inwoner van het verzorgingsgebied'
    end as unit
from measures
cross join base_year;

create view staging.stg_reference__financial_ratio_definitions as
with source as (
    select * from staging.financial_ratio_definitions
),
renamed as (
    select
        trim(ratio_code) as ratio_code,
        trim(ratio_name) as ratio_name,
        trim(unit) as unit,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        cast(plausible_from as decimal(18, 6)) as plausible_from,
        cast(plausible_to as decimal(18, 6)) as plausible_to,
        trim(definition) as definition,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_reference__statutory_indicator_definitions as
with source as (
    select * from staging.statutory_indicator_definitions
),
renamed as (
    select
        trim(indicator_code) as indicator_code,
        trim(indicator_name) as indicator_name,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_reference__statutory_units as
with source as (
    select * from staging.statutory_units
),
renamed as (
    select
        trim(indicator_code) as indicator_code,
        trim(unit_printed) as unit_printed,
        trim(reference_unit) as reference_unit,
        cast(factor as decimal(18, 3)) as factor,
        trim(comparability) as comparability,
        trim(reason) as reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table marts.dim_indicator as
with
iv3_measures as (
    select * from intermediate.int_comparison__iv3_measures
),
statutory as (
    select * from staging.stg_reference__statutory_indicator_definitions
),
units as (
    select
        indicator_code,
        min(reference_unit) as unit,
        string_agg(unit_printed, '; ' order by unit_printed) filter (
            where unit_printed != reference_unit
        ) as other_units
    from staging.stg_reference__statutory_units
    group by indicator_code
),
ratios as (
    select * from staging.stg_reference__financial_ratio_definitions
),
unioned as (
    select
        measure_code as indicator_code,
        measure_name as indicator_name,
        'iv3' as indicator_kind,
        subject_kind,
        subject_code,
        unit,
        cast(null as varchar) as other_units,
        'none' as direction,
        'ours' as direction_basis,
        side,
        denominator,
        price_basis,
        make_date(valid_from_year, 1, 1) as valid_from,
        make_date(valid_to_year, 12, 31) as valid_to,
        concat(
            if(
                side = 'net',
                'Lasten min baten van alle categorieën',
                'Lasten van alle categorieën'
            ),
            if(
                variant = 'with_overhead',
                ', plus de overhead (0.4) naar het aandeel in de overige lasten',
                ''
            ),
            ', gedeeld door het aantal ',
            case denominator
                when 'inhabitants' then 'inwoners op 1 januari van hetzelfde jaar'
                when 'aged_0_17'
                    then 'inwoners van 0 tot en met 17 jaar op 1 januari van hetzelfde jaar'
                when 'serving_region'
                    then 'inwoners van de gemeenten waarvoor de centrumgemeente werkt (2016)'
            end,
            if(
                price_basis = 'real',
                ', omgerekend met de consumentenprijsindex over alle bestedingen',
                ''
            )
        ) as definition,
        'CBS, Iv3 (onbewerkt)' as source
    from iv3_measures
    union all
    select
        statutory.indicator_code,
        statutory.indicator_name,
        'statutory' as indicator_kind,
        'statutory' as subject_kind,
        statutory.indicator_code as subject_code,
        units.unit,
        units.other_units,
        statutory.direction,
        statutory.direction_basis,
        cast(null as varchar) as side,
        cast(null as varchar) as denominator,
        cast(null as varchar) as price_basis,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        cast(null as varchar) as definition,
        statutory.source
    from statutory
    left join units on statutory.indicator_code = units.indicator_code
    union all
    select
        concat('ratio_', ratio_code) as indicator_code,
        ratio_name as indicator_name,
        'ratio' as indicator_kind,
        'ratio' as subject_kind,
        concat('ratio_', ratio_code) as subject_code,
        unit,
        cast(null as varchar) as other_units,
        direction,
        direction_basis,
        cast(null as varchar) as side,
        cast(null as varchar) as denominator,
        cast(null as varchar) as price_basis,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        definition,
        source
    from ratios
)
select
    indicator_code,
    indicator_name,
    indicator_kind,
    subject_kind,
    subject_code,
    unit,
    other_units,
    direction,
    direction_basis,
    side,
    denominator,
    price_basis,
    valid_from,
    valid_to,
    definition,
    source
from unioned
order by indicator_code;

create table marts.dim_municipality as
with
municipalities as (
    select * from staging.stg_reference__municipalities
)
select
    municipality_code,
    valid_from,
    valid_to,
    municipality_name,
    province_code,
    source
from municipalities
order by municipality_code, valid_from;

create table intermediate.int_peers__municipalities as
-- One row per boundary, year and municipality: those of 1 January of that year, or today's.
with
weights as (
    select * from intermediate.int_boundaries__weights
),
municipalities as (
    select * from staging.stg_reference__municipalities
),
listed as (
    select distinct
        'as_reported' as boundary,
        from_year as fiscal_year,
        municipality_code,
        make_date(from_year, 1, 1) as valid_on
    from weights
    union
    select
        'current' as boundary,
        from_year as fiscal_year,
        successor_code as municipality_code,
        date '9999-12-31' as valid_on
    from weights
    where to_year = 9999
)
select
    listed.boundary,
    listed.fiscal_year,
    listed.municipality_code,
    municipalities.municipality_name,
    municipalities.province_code
from listed
left join municipalities
    on
        listed.municipality_code = municipalities.municipality_code
        and listed.valid_on
        between municipalities.valid_from
        and coalesce(municipalities.valid_to, date '9999-12-31');

create view staging.stg_benchmarks__structural_features as
with source as (
    select * from staging.structural_features
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        trim(feature) as feature,
        cast(period as integer) as reference_year,
        cast(value as decimal(18, 3)) as value,
        trim(value_text) as value_text,
        trim(unit) as unit,
        cast(rounded_to as decimal(18, 3)) as rounded_to,
        trim(source) as source,
        trim(cbs_table) as cbs_table,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_cbs__key_figures as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/key_figures/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as reference_year,
        trim(region_code) as municipality_code,
        trim(region_kind) as region_kind,
        cast(nullif(trim(inhabitants), '.') as integer) as inhabitants,
        cast(nullif(trim(aged_0_14), '.') as integer) as aged_0_14,
        cast(nullif(trim(aged_15_24), '.') as integer) as aged_15_24,
        cast(nullif(trim(aged_25_44), '.') as integer) as aged_25_44,
        cast(nullif(trim(aged_45_64), '.') as integer) as aged_45_64,
        cast(nullif(trim(aged_65_plus), '.') as integer) as aged_65_plus,
        cast(nullif(trim(households), '.') as integer) as households,
        cast(nullif(trim(average_household_size), '.') as decimal(18, 3))
            as average_household_size,
        cast(nullif(trim(population_density), '.') as decimal(18, 3)) as population_density,
        cast(nullif(trim(address_density), '.') as decimal(18, 3)) as address_density,
        cast(nullif(trim(urbanity), '.') as integer) as urbanity,
        cast(nullif(trim(average_income_per_inhabitant), '.') as decimal(18, 3))
            as average_income_per_inhabitant_keur,
        cast(nullif(trim(low_income_households_pct), '.') as decimal(18, 3))
            as low_income_households_pct,
        cast(nullif(trim(social_assistance_recipients), '.') as integer)
            as social_assistance_recipients,
        cast(nullif(trim(land_area_ha), '.') as decimal(18, 3)) as land_area_ha,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source
)
select * from renamed;

create view staging.stg_reference__structure_classes as
with source as (
    select * from staging.structure_classes
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(division_year as integer) as division_year,
        trim(social_structure) as social_structure,
        trim(centre_function) as centre_function,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_peers__features as
-- One row per municipality, year and structural feature: no spending and no score of a programme.
-- People are those of the year; the other features come from the edition nearest to it (the earlier
-- of two equally near) in which the municipality has them all. A feature that is unknown has no
-- row.
with
bundled as (
    select * from staging.stg_benchmarks__structural_features
),
landed as (
    select * from staging.stg_cbs__key_figures
    where region_kind = 'Gemeente'
),
structure as (
    select * from staging.stg_reference__structure_classes
),
population as (
    select * from intermediate.int_population__inhabitants
),
amounts as (
    select distinct fiscal_year from intermediate.int_iv3__taakveld_amounts
),
pivoted as (
    select
        municipality_code,
        reference_year,
        max(value) filter (where feature = 'inhabitants') as inhabitants,
        max(value) filter (where feature = 'address_density') as address_density,
        max(value) filter (where feature = 'aged_0_14') as aged_0_14,
        max(value) filter (where feature = 'aged_65_plus') as aged_65_plus,
        max(value) filter (where feature = 'social_assistance_recipients')
            as social_assistance_recipients,
        concat('${SEEDS}/benchmarks/structural_features.parquet: CBS ', min(cbs_table)) as source
    from bundled
    where cbs_table is not null and reference_year not in (select landed.reference_year from landed)
    group by municipality_code, reference_year
    union all
    select
        municipality_code,
        reference_year,
        inhabitants,
        address_density,
        aged_0_14,
        aged_65_plus,
        social_assistance_recipients,
        concat('CBS ', source_table) as source
    from landed
),
editions as (
    select * from pivoted
    where
        inhabitants > 0
        and address_density > 0
        and aged_0_14 is not null
        and aged_65_plus is not null
        and social_assistance_recipients is not null
),
nearest as (
    select
        amounts.fiscal_year,
        editions.*
    from amounts
    cross join editions
    qualify
        row_number() over (
            partition by editions.municipality_code, amounts.fiscal_year
            order by
                abs(editions.reference_year - amounts.fiscal_year), editions.reference_year
        ) = 1
),
unioned as (
    select
        population.municipality_code,
        population.fiscal_year,
        'inhabitants' as feature,
        population.inhabitants as value,
        population.fiscal_year as feature_year,
        population.source_document as source
    from population
    semi join amounts on population.fiscal_year = amounts.fiscal_year
    union all
    select
        municipality_code,
        fiscal_year,
        'address_density' as feature,
        address_density as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'aged_0_14_pct' as feature,
        aged_0_14 * 100 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'aged_65_plus_pct' as feature,
        aged_65_plus * 100 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'social_assistance_per_1000' as feature,
        social_assistance_recipients * 1000 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        structure.municipality_code,
        amounts.fiscal_year,
        'social_structure' as feature,
        list_position(['goed', 'redelijk', 'matig', 'zwak'], structure.social_structure) as value,
        structure.division_year as feature_year,
        structure.source
    from structure
    cross join amounts
    union all
    select
        structure.municipality_code,
        amounts.fiscal_year,
        'centre_function' as feature,
        list_position(['zonder', 'weinig', 'redelijk', 'sterk'], structure.centre_function)
            as value,
        structure.division_year as feature_year,
        structure.source
    from structure
    cross join amounts
)
select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    feature,
    cast(round(value, 6) as decimal(18, 6)) as value,
    cast(feature_year as integer) as feature_year,
    source
from unioned
where value is not null;

create view staging.stg_reference__peer_features as
with source as (
    select * from staging.peer_features
),
renamed as (
    select
        trim(feature) as feature,
        trim(feature_name) as feature_name,
        trim(theme) as theme,
        cast(weight as decimal(18, 3)) as weight,
        trim(scale) as scale,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_peers__standardised as
-- One row per municipality, year and feature that is known: its distance, in standard deviations,
-- from the mean of the municipalities that have every feature; people and density on a logarithmic
-- scale. No distance for those that lack one: they have no neighbours and are nobody's.
with
features as (
    select * from intermediate.int_peers__features
),
declared as (
    select
        *,
        count(*) over () as features_n
    from staging.stg_reference__peer_features
),
scaled as (
    select
        features.*,
        declared.feature_name,
        declared.theme,
        declared.weight,
        if(declared.scale = 'log', ln(features.value), cast(features.value as double)) as scaled,
        count(*) over (
            partition by features.municipality_code, features.fiscal_year
        ) = declared.features_n as is_complete
    from features
    inner join declared on features.feature = declared.feature
)
select
    municipality_code,
    fiscal_year,
    feature,
    feature_name,
    theme,
    weight,
    value,
    feature_year,
    source,
    -- A feature that is the same everywhere tells nobody apart.
    if(
        is_complete,
        cast(
            round(
                coalesce(
                    (scaled - avg(scaled) over complete)
                    / nullif(stddev_pop(scaled) over complete, 0),
                    0
                ),
                9
            ) as decimal(18, 9)
        ),
        null
    ) as standard_score
from scaled
window complete as (partition by fiscal_year, feature, is_complete);

create table intermediate.int_peers__neighbours as
-- One row per municipality, year, choice of features and neighbour among the ten nearest: the
-- distance is the root of the weighted squared differences in standard score. `left_out` is the
-- theme that the choice does without, `none` for the choice on all of them. Sums are decimal, so
-- that no order of adding decides between two that are equally near.
with
standardised as (
    select * from intermediate.int_peers__standardised
    where standard_score is not null
),
differences as (
    select
        one.municipality_code,
        one.fiscal_year,
        other.municipality_code as neighbour_code,
        one.theme,
        max(one.feature_year) as feature_year,
        sum(
            cast(
                one.weight
                * power(cast(one.standard_score - other.standard_score as double), 2)
                as decimal(28, 12)
            )
        ) as difference
    from standardised as one
    inner join standardised as other
        on
            one.fiscal_year = other.fiscal_year
            and one.feature = other.feature
            and one.municipality_code != other.municipality_code
    group by one.municipality_code, one.fiscal_year, other.municipality_code, one.theme
),
summed as (
    select
        municipality_code,
        fiscal_year,
        neighbour_code,
        max(feature_year) filter (where theme = 'benefits') as feature_year,
        first(theme order by difference desc, theme asc) as main_difference,
        sum(difference) as difference
    from differences
    group by municipality_code, fiscal_year, neighbour_code
),
choices as (
    select
        summed.*,
        'none' as left_out
    from summed
    union all
    select
        summed.* replace (summed.difference - differences.difference as difference),
        differences.theme as left_out
    from summed
    inner join differences
        on
            summed.municipality_code = differences.municipality_code
            and summed.fiscal_year = differences.fiscal_year
            and summed.neighbour_code = differences.neighbour_code
),
ranked as (
    select
        *,
        row_number() over (
            partition by municipality_code, fiscal_year, left_out
            order by difference, neighbour_code
        ) as neighbour_rank
    from choices
    qualify neighbour_rank <= 10
)
select
    municipality_code,
    fiscal_year,
    left_out,
    neighbour_code,
    cast(neighbour_rank as integer) as neighbour_rank,
    cast(sqrt(cast(difference as double)) as decimal(18, 6)) as distance,
    feature_year,
    main_difference
from ranked;

create table intermediate.int_peers__region_members as
-- One row per kind of region, division and municipality: the region of 2016 that it lies in. A
-- municipality that kept its code kept its region; a new one takes the region of most of the whole
-- municipalities it was made of. Where they tie, each is a row and none is settled.
with
regions as (
    select * from staging.stg_reference__municipality_regions
),
weights as (
    select * from intermediate.int_boundaries__weights
),
counted as (
    select
        regions.region_kind,
        weights.to_year,
        weights.successor_code as municipality_code,
        regions.region_code,
        any_value(regions.region_name) as region_name,
        any_value(regions.centre_code) as centre_code,
        bool_or(regions.municipality_code = weights.successor_code) as kept_its_code,
        count(*) filter (where weights.weight = 1) as whole_parts_n
    from regions
    inner join weights
        on
            regions.division_year = weights.from_year
            and regions.municipality_code = weights.municipality_code
    group by
        regions.region_kind, weights.to_year, weights.successor_code, regions.region_code
)
select
    region_kind,
    to_year,
    municipality_code,
    region_code,
    region_name,
    centre_code,
    count(*) over (
        partition by region_kind, to_year, municipality_code, kept_its_code, whole_parts_n
    ) = 1 as is_settled
from counted
qualify
    rank() over (
        partition by region_kind, to_year, municipality_code
        order by kept_its_code desc, whole_parts_n desc
    ) = 1;

create view staging.stg_reference__measure_themes as
with source as (
    select * from staging.measure_themes
),
renamed as (
    select
        trim(subject_kind) as subject_kind,
        trim(subject_code) as subject_code,
        trim(theme) as theme,
        trim(reason) as reason
    from source
)
select * from renamed;

create view staging.stg_reference__municipality_size_classes as
with source as (
    select * from staging.municipality_size_classes
),
renamed as (
    select
        trim(boundary) as boundary,
        trim(municipality_code) as municipality_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(size_class) as size_class,
        trim(source) as source
    from source
)
select * from renamed;

create view staging.stg_reference__size_classes as
with source as (
    select * from staging.size_classes
),
renamed as (
    select
        trim(size_class) as size_class,
        trim(size_class_name) as size_class_name,
        cast(inhabitants_from as integer) as inhabitants_from,
        cast(inhabitants_to as integer) as inhabitants_to,
        trim(source) as source
    from source
)
select * from renamed;

create table intermediate.int_peers__members as
-- One row per peer group, boundary, year and member. The ten neighbours of a municipality are a
-- group without the municipality itself; at today's boundaries they are those of the latest year,
-- so that a series keeps its peers. The class of size is that of the people of the year, and of the
-- reference list where those are not known to us.
with
municipalities as (
    select * from intermediate.int_peers__municipalities
),
inhabitants as (
    select * from intermediate.int_boundaries__inhabitants
    where report = 'budget'
),
size_classes as (
    select * from staging.stg_reference__size_classes
),
listed_sizes as (
    select * from staging.stg_reference__municipality_size_classes
),
regions as (
    select * from intermediate.int_peers__region_members
    where is_settled
),
structure as (
    select * from staging.stg_reference__structure_classes
),
themes as (
    select * from staging.stg_reference__measure_themes
),
neighbours as (
    select * from intermediate.int_peers__neighbours
    where left_out = 'none' or left_out in (select themes.theme from themes)
),
sized as (
    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        coalesce(size_classes.size_class, listed_sizes.size_class) as size_class
    from municipalities
    left join inhabitants
        on
            municipalities.boundary = inhabitants.boundary
            and municipalities.fiscal_year = inhabitants.fiscal_year
            and municipalities.municipality_code = inhabitants.municipality_code
    left join size_classes
        on
            inhabitants.inhabitants between size_classes.inhabitants_from
            and coalesce(size_classes.inhabitants_to, 99999999)
    left join listed_sizes
        on
            municipalities.boundary = listed_sizes.boundary
            and municipalities.municipality_code = listed_sizes.municipality_code
            and municipalities.fiscal_year
            between listed_sizes.valid_from_year and listed_sizes.valid_to_year
),
placed as (
    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        regions.region_kind,
        regions.region_code,
        regions.centre_code
    from municipalities
    inner join regions
        on
            municipalities.municipality_code = regions.municipality_code
            and regions.to_year
            = if(municipalities.boundary = 'current', 9999, municipalities.fiscal_year)
),
neighbour_years as (
    select distinct fiscal_year from neighbours
),
latest_neighbours as (
    select * from neighbours
    qualify fiscal_year = max(fiscal_year) over ()
),
near as (
    select
        'as_reported' as boundary,
        fiscal_year,
        municipality_code,
        left_out,
        neighbour_code
    from neighbours
    union all
    select
        'current' as boundary,
        neighbour_years.fiscal_year,
        latest_neighbours.municipality_code,
        latest_neighbours.left_out,
        latest_neighbours.neighbour_code
    from latest_neighbours
    cross join neighbour_years
),
members as (
    select
        'all' as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from municipalities
    union all
    select
        concat('size_class_', size_class) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from sized
    where size_class is not null
    union all
    select
        concat('province_', province_code) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from municipalities
    where province_code is not null
    union all
    select
        concat('region_', region_code) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from placed
    where region_kind = 'youth'
    union all
    select
        'centre_shelter' as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from placed
    where region_kind = 'shelter' and municipality_code = centre_code
    union all
    select
        concat(
            'structure_', structure.social_structure, '_', structure.centre_function
        ) as peer_group_code,
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code
    from municipalities
    inner join structure on municipalities.municipality_code = structure.municipality_code
    where structure.centre_function is not null
    union all
    select
        concat(
            'nearest_10_', municipality_code, if(left_out = 'none', '', '_without_' || left_out)
        ) as peer_group_code,
        boundary,
        fiscal_year,
        neighbour_code as municipality_code
    from near
)
select
    peer_group_code,
    boundary,
    fiscal_year,
    municipality_code
from members;

create view staging.stg_reference__provinces as
with source as (
    select * from staging.provinces
),
renamed as (
    select
        trim(province_code) as province_code,
        trim(province_name) as province_name,
        trim(source) as source
    from source
)
select * from renamed;

create table intermediate.int_peers__groups as
-- One row per peer group that has members: what it is, and of whom where it is one municipality's.
-- `left_out` is the theme of features that its neighbours were chosen without; `any` for groups
-- that features did not choose.
with
members as (
    select distinct peer_group_code from intermediate.int_peers__members
),
neighbours as (
    select distinct
        municipality_code,
        left_out
    from intermediate.int_peers__neighbours
),
municipalities as (
    select
        municipality_code,
        max_by(municipality_name, valid_from) as municipality_name
    from staging.stg_reference__municipalities
    group by municipality_code
),
size_classes as (
    select * from staging.stg_reference__size_classes
),
provinces as (
    select * from staging.stg_reference__provinces
),
regions as (
    select distinct
        region_code,
        region_name
    from staging.stg_reference__municipality_regions
    where region_kind = 'youth'
),
structure as (
    select distinct
        social_structure,
        centre_function
    from staging.stg_reference__structure_classes
    where centre_function is not null
),
groups as (
    select
        'all' as peer_group_code,
        'Alle gemeenten' as peer_group_name,
        'all' as peer_group_kind,
        'Alle gemeenten van die indeling' as definition,
        'CBS, gemeentelijke indeling' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    union all
    select
        concat('size_class_', size_class) as peer_group_code,
        concat('Gemeenten met ', size_class_name) as peer_group_name,
        'size_class' as peer_group_kind,
        'Inwoners op 1 januari van dat jaar' as definition,
        source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from size_classes
    union all
    select
        concat('province_', province_code) as peer_group_code,
        concat('Gemeenten in ', province_name) as peer_group_name,
        'province' as peer_group_kind,
        'Provincie van die indeling' as definition,
        source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from provinces
    union all
    select
        concat('region_', region_code) as peer_group_code,
        concat('Gemeenten in jeugdregio ', region_name) as peer_group_name,
        'region' as peer_group_kind,
        'Jeugdzorgregio van 2016; nieuwe gemeenten in de regio van de meeste oude' as definition,
        'BZK, Regioatlas 2016' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from regions
    union all
    select
        'centre_shelter' as peer_group_code,
        'Centrumgemeenten voor opvang en beschermd wonen' as peer_group_name,
        'centre' as peer_group_kind,
        'Centrumgemeenten van 2016' as definition,
        'BZK, Regioatlas 2016' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    union all
    select
        concat('structure_', social_structure, '_', centre_function) as peer_group_code,
        concat(
            'Gemeenten met sociale structuur ',
            social_structure,
            ', centrumfunctie ',
            centre_function
        ) as peer_group_name,
        'structure' as peer_group_kind,
        'Sociale structuur en centrumfunctie, indeling 2023' as definition,
        'BZK, selectie gelijksoortige gemeenten (gemeentefonds)' as source,
        cast(null as varchar) as of_municipality_code,
        'any' as left_out
    from structure
    union all
    select
        concat(
            'nearest_10_',
            neighbours.municipality_code,
            if(neighbours.left_out = 'none', '', '_without_' || neighbours.left_out)
        ) as peer_group_code,
        concat('Tien gemeenten die het meest op ', municipalities.municipality_name, ' lijken')
            as peer_group_name,
        'nearest' as peer_group_kind,
        concat(
            'Kleinste afstand in bevolking, dichtheid, leeftijd, bijstand, sociale structuur en',
            ' centrumfunctie, onder de gemeenten waarvan al deze kenmerken bekend zijn',
            case neighbours.left_out
                when 'benefits' then ', hier zonder bijstand'
                when 'age' then ', hier zonder leeftijd'
                else ''
            end
        ) as definition,
        'Eigen berekening; kenmerken in marts.neighbour_features' as source,
        neighbours.municipality_code as of_municipality_code,
        neighbours.left_out
    from neighbours
    inner join municipalities on neighbours.municipality_code = municipalities.municipality_code
)
select groups.*
from groups
semi join members on groups.peer_group_code = members.peer_group_code;

create table marts.dim_peer_group as
with
peer_groups as (
    select * from intermediate.int_peers__groups
)
select
    peer_group_code,
    peer_group_name,
    peer_group_kind,
    of_municipality_code,
    definition,
    source
from peer_groups
order by peer_group_code;

create table marts.dim_price_index as
with
prices as (
    select * from intermediate.int_prices__index
)
select
    'cpi' as price_index_code,
    price_year,
    'Consumentenprijsindex (CPI), alle bestedingen, jaargemiddelde' as price_index_name,
    price_index,
    price_base_year,
    value_status,
    source,
    price_index_source
from prices
order by price_index_code, price_year;

create table marts.dim_taakveld as
with
taakvelden as (
    select * from staging.stg_reference__taakvelden
)
select
    taakveld_code,
    make_date(valid_from_year, 1, 1) as valid_from,
    make_date(valid_to_year, 12, 31) as valid_to,
    taakveld_name,
    main_taakveld_code,
    main_taakveld_name,
    cluster_code,
    cluster_name,
    source
from taakvelden
order by taakveld_code, valid_from;

create view staging.stg_reference__derivation_inputs as
with source as (
    select * from staging.derivation_inputs
),
renamed as (
    select
        trim(table_name) as table_name,
        trim(column_name) as column_name,
        cast(derivation_no as integer) as derivation_no,
        cast(input_no as integer) as input_no,
        trim(input_table) as input_table,
        trim(input_column) as input_column,
        trim(input_query) as input_query
    from source
)
select * from renamed;

create view staging.stg_reference__derivations as
with source as (
    select * from staging.derivations
),
renamed as (
    select
        trim(table_name) as table_name,
        trim(column_name) as column_name,
        cast(derivation_no as integer) as derivation_no,
        trim(applies_when) as applies_when,
        trim(operation) as operation,
        trim(formula) as formula,
        trim(description) as description
    from source
)
select * from renamed;

create table marts.figure_derivations as
with
derivations as (
    select * from staging.stg_reference__derivations
),
inputs as (
    select * from staging.stg_reference__derivation_inputs
)
select
    derivations.table_name,
    derivations.column_name,
    derivations.derivation_no,
    coalesce(inputs.input_no, 0) as input_no,
    derivations.applies_when,
    derivations.operation,
    derivations.formula,
    inputs.input_table,
    inputs.input_column,
    inputs.input_query,
    derivations.description
from derivations
left join inputs
    on
        derivations.table_name = inputs.table_name
        and derivations.column_name = inputs.column_name
        and derivations.derivation_no = inputs.derivation_no
order by
    derivations.table_name, derivations.column_name, derivations.derivation_no, input_no;

create view staging.stg_accounts__documents as
with source as (
    select * from read_csv('${SEEDS}/accounts/documents.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(name) as name,
        trim(title) as title,
        trim(address) as address,
        trim(sha256) as sha256,
        cast(line_count as integer) as line_count,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_accounts__goal_tree as
with source as (
    select * from read_csv('${SEEDS}/accounts/goal_tree.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(node_type) as node_type,
        trim(node_code) as node_code,
        trim(node_name) as node_name,
        trim(parent_node_code) as parent_node_code,
        cast(sort_order as integer) as sort_order,
        cast(expenses_actual_keur as decimal(18, 3)) as expenses_actual_keur,
        cast(revenue_actual_keur as decimal(18, 3)) as revenue_actual_keur,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(revenue_source_line as integer) as revenue_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_accounts__programme_finance as
with source as (
    select * from read_csv('${SEEDS}/accounts/programme_finance.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(line_item) as line_item,
        trim(flow) as flow,
        cast(is_total as boolean) as is_total,
        cast(original_budget_keur as decimal(18, 3)) as original_budget_keur,
        cast(final_budget_keur as decimal(18, 3)) as final_budget_keur,
        cast(actual_keur as decimal(18, 3)) as actual_keur,
        cast(variance_keur as decimal(18, 3)) as variance_keur,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_accounts__finance_lines as
-- One row per line and flow, net rows included: the printed cost table, and the products that a
-- chapter shows in its goal tree only, known by their actual alone.
with
programme_finance as (
    select * from staging.stg_accounts__programme_finance
),
goal_tree as (
    select * from staging.stg_accounts__goal_tree
),
documents as (
    select * from staging.stg_accounts__documents
),
printed as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        is_total,
        original_budget_keur,
        final_budget_keur,
        actual_keur,
        variance_keur,
        value_status,
        source_document,
        source_line,
        'programme_finance' as seed_name,
        seed_line
    from programme_finance
),
tree_products as (
    select goal_tree.* from goal_tree
    anti join printed
        on
            goal_tree.municipality_code = printed.municipality_code
            and goal_tree.fiscal_year = printed.fiscal_year
            and goal_tree.programme_code = printed.programme_code
            and not printed.is_total
    where goal_tree.node_type = 'product'
),
-- A flow that the tree is silent about keeps its row, with no amount.
tree_lines as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'expenses' as flow,
        expenses_actual_keur as actual_keur,
        source_document,
        source_line,
        seed_line
    from tree_products
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'revenue' as flow,
        revenue_actual_keur as actual_keur,
        source_document,
        coalesce(revenue_source_line, source_line) as source_line,
        seed_line
    from tree_products
),
all_lines as (
    select * from printed
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        false as is_total,
        null as original_budget_keur,
        null as final_budget_keur,
        actual_keur,
        null as variance_keur,
        case when actual_keur is null then 'not_published' else 'partially_reported' end
            as value_status,
        source_document,
        source_line,
        'goal_tree' as seed_name,
        seed_line
    from tree_lines
)
select
    all_lines.municipality_code,
    all_lines.fiscal_year,
    all_lines.programme_code,
    all_lines.line_item,
    all_lines.flow,
    all_lines.is_total,
    all_lines.original_budget_keur,
    all_lines.final_budget_keur,
    all_lines.actual_keur,
    all_lines.variance_keur,
    all_lines.value_status,
    all_lines.source_document,
    all_lines.source_line,
    documents.sha256 as source_sha256,
    all_lines.seed_name,
    all_lines.seed_line
from all_lines
left join documents on all_lines.source_document = documents.name;

create view staging.stg_accounts__variance_explanations as
with source as (
    select * from read_csv('${SEEDS}/accounts/variance_explanations.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        cast(explanation_no as integer) as explanation_no,
        trim(role) as role,
        cast(parent_explanation_no as integer) as parent_explanation_no,
        trim(subject) as subject,
        cast(amount_keur as decimal(18, 3)) as amount_keur,
        trim(amount_text) as amount_text,
        cast(rounded_to_keur as decimal(18, 3)) as rounded_to_keur,
        trim(hedge) as hedge,
        trim(nature) as nature,
        trim(reason) as reason,
        trim(line_item) as line_item,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_accounts__explanations as
-- One row per explained amount, beside the variance of the table line that it is about: the net
-- of all flows of that line. The hedge bounds the amount: `ruim` from below, `bijna` from above,
-- `circa` doubles the room for rounding.
with
variance_explanations as (
    select * from staging.stg_accounts__variance_explanations
),
finance_lines as (
    select * from intermediate.int_accounts__finance_lines
),
line_variances as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        sum(variance_keur) as variance_keur,
        count(*) as printed_figures
    from finance_lines
    where not is_total and variance_keur is not null
    group by municipality_code, fiscal_year, programme_code, line_item
),
compared as (
    select
        variance_explanations.*,
        line_variances.variance_keur as table_amount_keur,
        variance_explanations.amount_keur - line_variances.variance_keur as difference_keur,
        cast((1) * (variance_explanations.rounded_to_keur) / 2.0 as decimal(18, 3))
        * if(variance_explanations.hedge = 'circa', 2, 1)
        + cast((line_variances.printed_figures) * (1) / 2.0 as decimal(18, 3)) as tolerance_keur
    from variance_explanations
    left join line_variances
        on
            variance_explanations.municipality_code = line_variances.municipality_code
            and variance_explanations.fiscal_year = line_variances.fiscal_year
            and variance_explanations.programme_code = line_variances.programme_code
            and variance_explanations.line_item = line_variances.line_item
            and variance_explanations.role = 'component'
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    explanation_no,
    role,
    parent_explanation_no,
    subject,
    amount_keur,
    amount_text,
    rounded_to_keur,
    hedge,
    nature,
    reason,
    line_item,
    value_status,
    source_document,
    source_line,
    seed_line,
    table_amount_keur,
    difference_keur,
    case
        when table_amount_keur is null then 'no_table_line'
        when difference_keur = 0 then 'reconciled'
        when abs(difference_keur) > tolerance_keur then 'differs'
        when hedge = 'ruim' and abs(table_amount_keur) < abs(amount_keur) then 'differs'
        when hedge = 'bijna' and abs(table_amount_keur) > abs(amount_keur) then 'differs'
        else 'rounding'
    end as reconciliation
from compared;

create table intermediate.int_accounts__finance_cells as
-- One row per printed amount of the cost table: line, flow and phase.
with
programme_finance as (
    select * from staging.stg_accounts__programme_finance
),
cells as (
    unpivot programme_finance
    on original_budget_keur, final_budget_keur, actual_keur, variance_keur
    into name seed_column value amount_keur
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    is_total,
    replace(seed_column, '_keur', '') as phase,
    amount_keur,
    source_document,
    source_line,
    'programme_finance' as seed_name,
    seed_line,
    seed_column
from cells;

create view staging.stg_accounts__programmes as
with source as (
    select * from read_csv('${SEEDS}/accounts/programmes.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(programme_name) as programme_name,
        trim(portfolio_holder) as portfolio_holder,
        trim(document_type) as document_type,
        trim(document_status) as document_status,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_accounts__goal_tree as
-- One row per node of the goal tree, the programme itself included; amounts of inner nodes are the
-- sums of the products below them, and stay null where no product hangs below.
with
programmes as (
    select * from staging.stg_accounts__programmes
),
nodes as (
    select * from staging.stg_accounts__goal_tree
),
-- Objectives and themes are referred to by the code printed; only products have none.
placed as (
    select
        child.*,
        coalesce(child.node_code, child.node_name) as node_label,
        parent.node_code as parent_label,
        grandparent.node_code as grandparent_label
    from nodes as child
    left join nodes as parent
        on
            child.municipality_code = parent.municipality_code
            and child.fiscal_year = parent.fiscal_year
            and child.programme_code = parent.programme_code
            and child.parent_node_code = parent.node_code
    left join nodes as grandparent
        on
            parent.municipality_code = grandparent.municipality_code
            and parent.fiscal_year = grandparent.fiscal_year
            and parent.programme_code = grandparent.programme_code
            and parent.parent_node_code = grandparent.node_code
),
identified as (
    select
        concat_ws(
            '/',
            municipality_code,
            fiscal_year,
            programme_code,
            grandparent_label,
            parent_label,
            node_label
        ) as node_id,
        concat_ws(
            '/', municipality_code, fiscal_year, programme_code, grandparent_label, parent_label
        ) as parent_node_id,
        1 + (parent_label is not null)::integer + (grandparent_label is not null)::integer as depth,
        *
    from placed
),
with_root as (
    select
        node_id,
        municipality_code,
        fiscal_year,
        programme_code,
        parent_node_id,
        node_type,
        node_code,
        node_name,
        depth,
        sort_order,
        expenses_actual_keur,
        revenue_actual_keur,
        value_status,
        status_reason,
        source_document,
        source_line,
        revenue_source_line,
        seed_line
    from identified
    union all
    select
        concat_ws('/', municipality_code, fiscal_year, programme_code) as node_id,
        municipality_code,
        fiscal_year,
        programme_code,
        null as parent_node_id,
        'programme' as node_type,
        programme_code as node_code,
        programme_name as node_name,
        0 as depth,
        0 as sort_order,
        null as expenses_actual_keur,
        null as revenue_actual_keur,
        null as value_status,
        null as status_reason,
        source_document,
        source_line,
        null as revenue_source_line,
        seed_line
    from programmes
),
-- A node's products are the leaves whose identifier starts with the node's own.
product_sums as (
    select
        inner_node.node_id,
        sum(product.expenses_actual_keur) as expenses_actual_keur,
        sum(product.revenue_actual_keur) as revenue_actual_keur,
        bool_and(product.value_status = 'reported') as all_reported
    from with_root as inner_node
    inner join with_root as product
        on
            product.node_type = 'product'
            and inner_node.node_type != 'product'
            and starts_with(product.node_id, inner_node.node_id || '/')
    group by inner_node.node_id
)
select
    with_root.node_id,
    with_root.municipality_code,
    with_root.fiscal_year,
    with_root.programme_code,
    with_root.parent_node_id,
    with_root.node_type,
    with_root.node_code,
    with_root.node_name,
    with_root.depth,
    with_root.sort_order,
    coalesce(product_sums.expenses_actual_keur, with_root.expenses_actual_keur)
        as expenses_actual_keur,
    coalesce(product_sums.revenue_actual_keur, with_root.revenue_actual_keur)
        as revenue_actual_keur,
    case
        when product_sums.all_reported then 'reported'
        when product_sums.node_id is not null then 'partially_reported'
        else with_root.value_status
    end as value_status,
    case when product_sums.node_id is null then with_root.status_reason end as status_reason,
    with_root.source_document,
    with_root.source_line,
    with_root.revenue_source_line,
    with_root.seed_line
from with_root
left join product_sums on with_root.node_id = product_sums.node_id;

create view staging.stg_accounts__indicators as
with source as (
    select * from read_csv('${SEEDS}/accounts/indicators.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(indicator_code) as indicator_code,
        trim(indicator_name) as indicator_name,
        trim(objective_code_printed) as objective_code_printed,
        trim(theme_code) as theme_code,
        trim(unit) as unit,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        cast(score_year as integer) as score_year,
        trim(measurement_period) as measurement_period,
        cast(score as decimal(18, 3)) as score,
        cast(previous_score as decimal(18, 3)) as previous_score,
        cast(target as decimal(18, 3)) as target,
        trim(target_status) as target_status,
        cast(target_year as integer) as target_year,
        trim(target_type) as target_type,
        trim(target_condition) as target_condition,
        cast(margin_of_error as decimal(18, 3)) as margin_of_error,
        cast(confidence_level as decimal(18, 3)) as confidence_level,
        trim(margin_status) as margin_status,
        trim(measurement_basis) as measurement_basis,
        trim(verdict_stated) as verdict_stated,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        cast(continued as boolean) as continued,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(verdict_source_line as integer) as verdict_source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_accounts__statutory_indicators as
with source as (
    select * from read_csv('${SEEDS}/accounts/statutory_indicators.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(indicator_code) as indicator_code,
        trim(policy_field) as policy_field,
        trim(indicator_name) as indicator_name,
        trim(unit) as unit,
        cast(score_year as integer) as score_year,
        cast(score as decimal(18, 3)) as score,
        trim(score_source) as score_source,
        cast(target as decimal(18, 3)) as target,
        trim(target_status) as target_status,
        cast(target_year as integer) as target_year,
        trim(target_type) as target_type,
        cast(margin_of_error as decimal(18, 3)) as margin_of_error,
        cast(confidence_level as decimal(18, 3)) as confidence_level,
        trim(margin_status) as margin_status,
        trim(measurement_basis) as measurement_basis,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_accounts__indicator_verdicts as
-- One row per indicator, own and statutory, with the verdict that its figures or its text give.
with
own as (
    select * from staging.stg_accounts__indicators
),
statutory as (
    select * from staging.stg_accounts__statutory_indicators
),
definitions as (
    select * from staging.stg_reference__statutory_indicator_definitions
),
goal_tree as (
    select * from staging.stg_accounts__goal_tree
),
all_indicators as (
    select
        own.municipality_code,
        own.fiscal_year,
        own.programme_code,
        own.indicator_code,
        'own' as indicator_kind,
        own.indicator_name,
        null as policy_field,
        own.objective_code_printed,
        theme.parent_node_code as objective_code_via_theme,
        own.theme_code,
        own.unit,
        own.direction,
        own.direction_basis,
        own.score_year,
        own.measurement_period,
        own.score,
        own.previous_score,
        own.target,
        own.target_status,
        own.target_year,
        own.target_type,
        own.target_condition,
        own.margin_of_error,
        own.confidence_level,
        own.margin_status,
        own.measurement_basis,
        own.verdict_stated,
        own.value_status,
        own.status_reason,
        own.continued,
        null as score_source,
        own.source_document,
        own.source_line,
        own.verdict_source_line,
        'indicators' as seed_name,
        own.seed_line
    from own
    left join goal_tree as theme
        on
            own.municipality_code = theme.municipality_code
            and own.fiscal_year = theme.fiscal_year
            and own.programme_code = theme.programme_code
            and own.theme_code = theme.node_code
            and theme.node_type = 'theme'
    union all
    select
        statutory.municipality_code,
        statutory.fiscal_year,
        statutory.programme_code,
        statutory.indicator_code,
        'statutory' as indicator_kind,
        statutory.indicator_name,
        statutory.policy_field,
        null as objective_code_printed,
        null as objective_code_via_theme,
        null as theme_code,
        statutory.unit,
        definitions.direction,
        definitions.direction_basis,
        statutory.score_year,
        cast(statutory.score_year as varchar) as measurement_period,
        statutory.score,
        null as previous_score,
        statutory.target,
        statutory.target_status,
        statutory.target_year,
        statutory.target_type,
        null as target_condition,
        statutory.margin_of_error,
        statutory.confidence_level,
        statutory.margin_status,
        statutory.measurement_basis,
        null as verdict_stated,
        statutory.value_status,
        statutory.status_reason,
        null as continued,
        statutory.score_source,
        statutory.source_document,
        statutory.source_line,
        null as verdict_source_line,
        'statutory_indicators' as seed_name,
        statutory.seed_line
    from statutory
    left join definitions on statutory.indicator_code = definitions.indicator_code
),
computed as (
    select
        *,
        case
        when score is null or target is null then null
        when target_year > score_year then null
        when margin_status = 'printed' and abs(score - target) <= margin_of_error then 'undecided'
        when target_type = 'at_least' and score >= target then 'met'
        when target_type = 'at_most' and score <= target then 'met'
        when target_type = 'maintain' and score = target then 'met'
        when target_type = 'maintain' and direction = 'higher' and score > target then 'met'
        when target_type = 'maintain' and direction = 'lower' and score < target then 'met'
        when target_type is not null then 'missed'
    end as verdict_computed
    from all_indicators
)
select
    *,
    verdict_computed = verdict_stated as verdicts_agree,
    case
        when verdict_computed is not null then verdict_computed
        when verdict_stated is not null then verdict_stated
        when value_status = 'not_captured' then 'not_captured'
        when score is null then 'not_measured'
        when target_status = 'not_captured' then 'not_captured'
        when target is null then 'no_target'
        when target_year > score_year then 'not_due'
    end as verdict,
    case
        when verdict_computed is not null then 'computed'
        when verdict_stated is not null then 'stated'
        else 'none'
    end as verdict_basis
from computed;

create table intermediate.int_programmes__figure_inputs as
-- One row per input of each figure of a programme: the cell, or the rows of the accounts package,
-- that the figure was taken from or counted over.
with
cells as (
    select * from intermediate.int_accounts__finance_cells
),
explanations as (
    select * from staging.stg_accounts__variance_explanations
),
indicators as (
    select * from intermediate.int_accounts__indicator_verdicts
),
goal_tree as (
    select * from staging.stg_accounts__goal_tree
),
action_points as (
    select * from staging.stg_accounts__action_points
),
programmes as (
    select * from staging.stg_accounts__programmes
),
population as (
    select * from intermediate.int_population__inhabitants
),
-- Which kind of input each derived figure is made of.
derived as (
    select
        derived_figure.column_name,
        derived_figure.input_kind
    from (
        values
        ('transfer_to_reserves_beyond_budget_keur', 'reserve_addition'),
        ('explained_variance_keur', 'component'),
        ('unexplained_variance_keur', 'component'),
        ('unexplained_variance_keur', 'result_variance'),
        ('gross_variance_keur', 'line_variance'),
        ('gross_variance_covered_keur', 'line_variance'),
        ('gross_variance_covered_keur', 'component'),
        ('unexplained_lines', 'line_variance'),
        ('unexplained_lines', 'component'),
        ('largest_unexplained_line', 'line_variance'),
        ('largest_unexplained_line', 'component'),
        ('indicators_own', 'own_indicator'),
        ('indicators_statutory', 'statutory_indicator'),
        ('indicators_met', 'own_indicator'),
        ('indicators_missed', 'own_indicator'),
        ('indicators_undecided', 'own_indicator'),
        ('indicators_without_verdict', 'own_indicator'),
        ('expenses_without_indicator_pct', 'product_expenses'),
        ('expenses_without_indicator_pct', 'own_indicator'),
        ('action_points_total', 'action_point'),
        ('action_points_carried_over', 'action_point'),
        ('programme_name', 'programme'),
        ('portfolio_holder', 'programme'),
        ('document_type', 'programme'),
        ('document_status', 'programme'),
        ('inhabitants', 'population')
    ) as derived_figure (column_name, input_kind)
),
cell_inputs as (
    select
        *,
        case
            when is_total and flow = 'net_cost_after_reserves' and phase = 'variance'
                then 'result_variance'
            when is_total and flow = 'transfer_to_reserves' and phase in ('final_budget', 'actual')
                then 'reserve_addition'
            when not is_total and phase = 'variance' then 'line_variance'
        end as input_kind
    from cells
),
inputs as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        input_kind,
        seed_name,
        seed_line,
        seed_column as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from cell_inputs
    where input_kind is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'component' as input_kind,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from explanations
    where role = 'component'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        indicator_kind || '_indicator' as input_kind,
        seed_name,
        seed_line,
        'indicator_code' as input_column,
        verdict as input_value,
        source_document,
        source_line
    from indicators
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'product_expenses' as input_kind,
        'goal_tree' as seed_name,
        seed_line,
        'expenses_actual_keur' as input_column,
        cast(expenses_actual_keur as varchar) as input_value,
        source_document,
        source_line
    from goal_tree
    where node_type = 'product'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'action_point' as input_kind,
        'action_points' as seed_name,
        seed_line,
        'action_code' as input_column,
        action_code as input_value,
        source_document,
        source_line
    from action_points
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'programme' as input_kind,
        'programmes' as seed_name,
        seed_line,
        '*' as input_column,
        null as input_value,
        source_document,
        source_line
    from programmes
    union all
    select
        programmes.municipality_code,
        programmes.fiscal_year,
        programmes.programme_code,
        'population' as input_kind,
        population.seed_name,
        population.seed_line,
        'inhabitants' as input_column,
        cast(population.inhabitants as varchar) as input_value,
        population.source_document,
        null as source_line
    from programmes
    inner join population
        on
            programmes.municipality_code = population.municipality_code
            and programmes.fiscal_year = population.fiscal_year
),
derived_inputs as (
    select
        inputs.municipality_code,
        inputs.fiscal_year,
        inputs.programme_code,
        derived.column_name,
        inputs.seed_name,
        inputs.seed_line,
        inputs.input_column,
        inputs.input_value,
        inputs.source_document,
        inputs.source_line
    from inputs
    inner join derived on inputs.input_kind = derived.input_kind
),
printed_inputs as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        flow || '_' || phase || '_keur' as column_name,
        seed_name,
        seed_line,
        seed_column as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from cells
    where is_total
)
select * from printed_inputs
union all
select * from derived_inputs;

create table intermediate.int_reconciliation__terms_of_cost_table as
-- One row per figure in an identity of the cost table: each variance, each total, each net row, and
-- net cost after reserves both from the net rows and from the four flows. What a table does not
-- print, or our copy of it lost, leaves the identities that need it unstated.
with
programme_finance as (
    select * from staging.stg_accounts__programme_finance
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
-- Which flows make up which net row.
compositions as (
    select
        composition.identity,
        composition.flow,
        composition.part_flow
    from (
        values
        ('net_cost', 'net_cost', 'expenses'),
        ('net_cost', 'net_cost', 'revenue'),
        ('net_reserve_movement', 'net_reserve_movement', 'transfer_to_reserves'),
        ('net_reserve_movement', 'net_reserve_movement', 'transfer_from_reserves'),
        ('net_cost_after_reserves', 'net_cost_after_reserves', 'net_cost'),
        ('net_cost_after_reserves', 'net_cost_after_reserves', 'net_reserve_movement'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'expenses'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'revenue'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'transfer_to_reserves'),
        ('net_cost_after_reserves_from_flows', 'net_cost_after_reserves', 'transfer_from_reserves')
    ) as composition (identity, flow, part_flow)
),
-- A part may be left out of a net row only where the table does not print it in another form.
conditions as (
    select
        condition.identity,
        condition.printed_flows,
        condition.needed_flows
    from (
        values
        ('net_cost_after_reserves', ['expenses', 'revenue'], ['net_cost']),
        (
            'net_cost_after_reserves',
            ['transfer_to_reserves', 'transfer_from_reserves'], ['net_reserve_movement']
        ),
        ('net_cost_after_reserves_from_flows', ['net_cost'], ['expenses', 'revenue']),
        (
            'net_cost_after_reserves_from_flows',
            ['net_reserve_movement'], ['transfer_to_reserves', 'transfer_from_reserves']
        )
    ) as condition (identity, printed_flows, needed_flows)
),
net_identities as (
    select
        identity,
        flow,
        list(part_flow) as part_flows
    from compositions
    group by identity, flow
),
totals as (
    select * from cells
    where is_total
),
totals_of_programme as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        list(flow) as flows
    from programme_finance
    where is_total
    group by municipality_code, fiscal_year, programme_code
),
totals_of_phase as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        phase,
        list(flow) as flows
    from totals
    group by municipality_code, fiscal_year, programme_code, phase
),
-- The printed net rows of which every printed part is known in the same phase.
stated as (
    select
        net_identities.identity,
        net_identities.flow,
        totals_of_phase.municipality_code,
        totals_of_phase.fiscal_year,
        totals_of_phase.programme_code,
        totals_of_phase.phase
    from totals_of_phase
    inner join totals_of_programme
        on
            totals_of_phase.municipality_code = totals_of_programme.municipality_code
            and totals_of_phase.fiscal_year = totals_of_programme.fiscal_year
            and totals_of_phase.programme_code = totals_of_programme.programme_code
    cross join net_identities
    where
        list_contains(totals_of_phase.flows, net_identities.flow)
        and list_has_all(
            totals_of_phase.flows,
            list_intersect(totals_of_programme.flows, net_identities.part_flows)
        )
        and not exists (
            select 1
            from conditions
            where
                conditions.identity = net_identities.identity
                and list_has_any(totals_of_phase.flows, conditions.printed_flows)
                and not list_has_any(totals_of_phase.flows, conditions.needed_flows)
        )
),
-- Amounts that the source prints and our copy lost: their total cannot be proved.
lost as (
    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        flow,
        replace(seed_column, '_keur', '') as phase
    from programme_finance
    unpivot include nulls (
        amount_keur
        for seed_column in (original_budget_keur, final_budget_keur, actual_keur, variance_keur)
    )
    where amount_keur is null and value_status in ('not_captured', 'partially_reported')
),
-- A row that lacks one of the three phases has no variance to prove.
variance_of_row as (
    select
        'variance_of_row' as identity,
        line_item || ', ' || case flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        'variance' as identity_phase,
        if(phase = 'variance', 'left', 'right') as side,
        if(phase = 'variance', 1, case
        when (flow in ('revenue', 'transfer_from_reserves')) = (phase = 'actual') then 1
        else -1
    end) as factor,
        *
    from cells
    where phase in ('final_budget', 'actual', 'variance')
    qualify
        count(*) over (
            partition by municipality_code, fiscal_year, programme_code, line_item, flow
        ) = 3
),
sum_of_lines as (
    select
        'sum_of_lines' as identity,
        'Totaal programma, ' || case cells.flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        cells.phase as identity_phase,
        if(cells.is_total, 'left', 'right') as side,
        1 as factor,
        cells.*
    from cells
    anti join lost
        on
            cells.municipality_code = lost.municipality_code
            and cells.fiscal_year = lost.fiscal_year
            and cells.programme_code = lost.programme_code
            and cells.flow = lost.flow
            and cells.phase = lost.phase
    qualify
        count(distinct cells.is_total) over (
            partition by
                cells.municipality_code,
                cells.fiscal_year,
                cells.programme_code,
                cells.flow,
                cells.phase
        ) = 2
),
net_rows as (
    select
        stated.identity,
        'Totaal programma, ' || case stated.flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        totals.phase as identity_phase,
        'left' as side,
        1 as factor,
        totals.*
    from totals
    inner join stated
        on
            totals.municipality_code = stated.municipality_code
            and totals.fiscal_year = stated.fiscal_year
            and totals.programme_code = stated.programme_code
            and totals.phase = stated.phase
            and totals.flow = stated.flow
    union all
    -- Variances are favourable when positive in every flow, so they add up as they stand.
    select
        stated.identity,
        'Totaal programma, ' || case stated.flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        totals.phase as identity_phase,
        'right' as side,
        if(totals.phase = 'variance', 1, case when totals.flow in ('revenue', 'transfer_from_reserves') then -1 else 1 end) as factor,
        totals.*
    from totals
    inner join stated
        on
            totals.municipality_code = stated.municipality_code
            and totals.fiscal_year = stated.fiscal_year
            and totals.programme_code = stated.programme_code
            and totals.phase = stated.phase
    inner join compositions
        on
            stated.identity = compositions.identity
            and totals.flow = compositions.part_flow
),
unioned as (
    select * from variance_of_row
    union all
    select * from sum_of_lines
    union all
    select * from net_rows
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    identity_phase as phase,
    'equal' as relation,
    'keur' as unit,
    side,
    factor,
    amount_keur as figure_value,
    1 as rounded_to,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned;

create table intermediate.int_reconciliation__terms_of_goal_tree as
-- One row per figure in an identity of the goal tree: each product against the cost table, and the
-- sum of the products against the table's total, bridged by lines that the tree does not show.
with
tree as (
    select * from staging.stg_accounts__goal_tree
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
products as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'expenses' as flow,
        expenses_actual_keur as amount_keur,
        source_document,
        source_line,
        'goal_tree' as seed_name,
        seed_line,
        'expenses_actual_keur' as seed_column
    from tree
    where node_type = 'product' and expenses_actual_keur is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'revenue' as flow,
        revenue_actual_keur as amount_keur,
        source_document,
        revenue_source_line as source_line,
        'goal_tree' as seed_name,
        seed_line,
        'revenue_actual_keur' as seed_column
    from tree
    where node_type = 'product' and revenue_actual_keur is not null
),
actuals as (
    select * from cells
    where phase = 'actual' and flow in ('expenses', 'revenue')
),
figures as (
    select
        'tree' as origin,
        false as is_total,
        *
    from products
    union all
    select
        'table' as origin,
        is_total,
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        amount_keur,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from actuals
),
counted as (
    select
        *,
        count(*) over (
            partition by municipality_code, fiscal_year, programme_code, line_item, flow, is_total
        ) = 2 as is_printed_twice
    from figures
),
-- The same figure printed twice leaves nothing to round.
unioned as (
    select
        'tree_product_to_table' as identity,
        line_item || ', ' || case flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        if(origin = 'tree', 'left', 'right') as side,
        0 as rounded_to,
        *
    from counted
    where is_printed_twice
    union all
    select
        'tree_total_to_table' as identity,
        'Totaal programma, ' || case flow
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end as subject,
        case
            when is_total then 'left'
            when origin = 'tree' then 'right'
            else 'bridge'
        end as side,
        1 as rounded_to,
        *
    from counted
    where is_total or origin = 'tree' or not is_printed_twice
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'actual' as phase,
    'equal' as relation,
    'keur' as unit,
    side,
    1 as factor,
    amount_keur as figure_value,
    rounded_to,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned;

create table intermediate.int_reconciliation__terms_of_narrative as
-- One row per figure in an identity of the narrative: each explained amount that has a line in the
-- cost table, each that is split into parts, the headline, and the sum of the components.
with
explanations as (
    select * from intermediate.int_accounts__explanations
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
variances as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        is_total,
        amount_keur,
        1 as rounded_to,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from cells
    where phase = 'variance'
),
amounts as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        explanation_no,
        parent_explanation_no,
        role,
        subject,
        reconciliation,
        line_item,
        amount_keur,
        rounded_to_keur * if(hedge = 'circa', 2, 1) as rounded_to,
        source_document,
        source_line,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as seed_column
    from explanations
),
-- An amount that differs, also one on the wrong side of its hedge, has no room for rounding left.
lines_explained as (
    select
        *,
        if(reconciliation = 'differs', 0, 1) as room
    from amounts
    where role = 'component' and reconciliation != 'no_table_line'
),
unioned as (
    select
        'narrative_to_table' as identity,
        subject,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        amount_keur,
        room * rounded_to as rounded_to,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from lines_explained
    union all
    select
        'narrative_to_table' as identity,
        lines_explained.subject,
        'right' as side,
        variances.municipality_code,
        variances.fiscal_year,
        variances.programme_code,
        variances.amount_keur,
        lines_explained.room * variances.rounded_to as rounded_to,
        variances.source_document,
        variances.source_line,
        variances.seed_name,
        variances.seed_line,
        variances.seed_column
    from lines_explained
    inner join variances
        on
            lines_explained.municipality_code = variances.municipality_code
            and lines_explained.fiscal_year = variances.fiscal_year
            and lines_explained.programme_code = variances.programme_code
            and lines_explained.line_item = variances.line_item
    union all
    select
        checked.identity,
        checked.subject,
        'left' as side,
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.programme_code,
        amounts.amount_keur,
        amounts.rounded_to,
        amounts.source_document,
        amounts.source_line,
        amounts.seed_name,
        amounts.seed_line,
        amounts.seed_column
    from amounts
    inner join (
        values
        ('headline_to_table', 'headline', 'Resultaat in de tekst tegenover de tabel'),
        ('narrative_total_to_table', 'component', 'Som van de verklaringen tegenover de tabel'),
        (
            'narrative_total_to_headline', 'component',
            'Som van de verklaringen tegenover het genoemde resultaat'
        )
    ) as checked (identity, role, subject)
        on amounts.role = checked.role
    union all
    select
        checked.identity,
        checked.subject,
        'right' as side,
        variances.municipality_code,
        variances.fiscal_year,
        variances.programme_code,
        variances.amount_keur,
        variances.rounded_to,
        variances.source_document,
        variances.source_line,
        variances.seed_name,
        variances.seed_line,
        variances.seed_column
    from variances
    cross join (
        values
        ('headline_to_table', 'Resultaat in de tekst tegenover de tabel'),
        ('narrative_total_to_table', 'Som van de verklaringen tegenover de tabel')
    ) as checked (identity, subject)
    where variances.flow = 'net_cost_after_reserves' and variances.is_total
    union all
    select
        'narrative_total_to_headline' as identity,
        'Som van de verklaringen tegenover het genoemde resultaat' as subject,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        amount_keur,
        rounded_to,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from amounts
    where role = 'headline'
    union all
    select
        'parts_of_explanation' as identity,
        whole.subject,
        side.side,
        whole.municipality_code,
        whole.fiscal_year,
        whole.programme_code,
        if(side.side = 'left', whole.amount_keur, part.amount_keur) as amount_keur,
        if(side.side = 'left', whole.rounded_to, part.rounded_to) as rounded_to,
        whole.source_document,
        if(side.side = 'left', whole.source_line, part.source_line) as source_line,
        whole.seed_name,
        if(side.side = 'left', whole.seed_line, part.seed_line) as seed_line,
        whole.seed_column
    from amounts as whole
    inner join amounts as part
        on
            whole.municipality_code = part.municipality_code
            and whole.fiscal_year = part.fiscal_year
            and whole.programme_code = part.programme_code
            and whole.explanation_no = part.parent_explanation_no
    cross join (values ('left'), ('right')) as side (side)
    qualify
        side.side = 'right'
        or row_number() over (
            partition by whole.seed_line, side.side order by part.explanation_no
        ) = 1
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'variance' as phase,
    'equal' as relation,
    'keur' as unit,
    side,
    1 as factor,
    amount_keur as figure_value,
    rounded_to,
    null as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned;

create view staging.stg_accounts__forecasts as
with source as (
    select * from read_csv('${SEEDS}/accounts/forecasts.csv', all_varchar = true, header = true, delim = ',', quote = '"', parallel = false)
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(stage) as stage,
        cast(forecast_keur as decimal(18, 3)) as forecast_keur,
        trim(forecast_text) as forecast_text,
        cast(rounded_to_keur as decimal(18, 3)) as rounded_to_keur,
        trim(basis) as basis,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_reconciliation__terms_of_prose as
-- One row per figure in a relation between amounts in the prose, or between prose and tables, that
-- a reviewer has named in seeds/reference: a published figure with its own rounding, or a number
-- counted on lines that the reviewer names. A term that finds no figure has no value.
with
identities as (
    select * from staging.stg_reference__prose_identities
),
terms as (
    select * from staging.stg_reference__prose_identity_terms
),
programmes as (
    select * from staging.stg_accounts__programmes
),
facts as (
    select * from staging.stg_accounts__chapter_facts
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
indicators as (
    select * from staging.stg_accounts__indicators
),
explanations as (
    select * from staging.stg_accounts__variance_explanations
),
forecasts as (
    select * from staging.stg_accounts__forecasts
),
indicator_figures as (
    unpivot indicators
    on score, previous_score, target
    into name figure value figure_value
),
-- Counts without a hedge are exact; money, percentages and scores are rounded as printed.
figures as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'fact' as source_kind,
        cast(fact_no as varchar) as source_key,
        value as figure_value,
        case
            when hedge is null and unit not in ('keur', 'percent') then 0
            when hedge = 'circa' then 2 * rounded_to
            else rounded_to
        end as rounded_to,
        source_document,
        source_line,
        'chapter_facts' as seed_name,
        seed_line,
        'value' as seed_column
    from facts
    where value is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'finance' as source_kind,
        concat_ws('/', line_item, flow, phase) as source_key,
        amount_keur as figure_value,
        1 as rounded_to,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column
    from cells
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'indicator' as source_kind,
        concat_ws('/', indicator_code, figure) as source_key,
        figure_value,
        case
            when figure_value = round(figure_value, 0) then 1
            when figure_value = round(figure_value, 1) then 0.1
            else 0.01
        end as rounded_to,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        figure as seed_column
    from indicator_figures
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'explanation' as source_kind,
        cast(explanation_no as varchar) as source_key,
        amount_keur as figure_value,
        rounded_to_keur * if(hedge = 'circa', 2, 1) as rounded_to,
        source_document,
        source_line,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as seed_column
    from explanations
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'forecast' as source_kind,
        stage as source_key,
        forecast_keur as figure_value,
        rounded_to_keur as rounded_to,
        source_document,
        source_line,
        'forecasts' as seed_name,
        seed_line,
        'forecast_keur' as seed_column
    from forecasts
),
named_terms as (
    select
        identities.*,
        terms.side,
        terms.factor,
        coalesce(terms.counted_value, figures.figure_value) as figure_value,
        coalesce(figures.rounded_to, 0) as rounded_to,
        coalesce(terms.counted_lines, cast(figures.source_line as varchar)) as source_lines,
        coalesce(figures.seed_name, 'prose_identity_terms') as seed_name,
        coalesce(figures.seed_line, terms.seed_line) as seed_line,
        coalesce(figures.seed_column, 'counted_value') as seed_column
    from identities
    inner join terms on identities.identity_code = terms.identity_code
    left join figures
        on
            identities.municipality_code = figures.municipality_code
            and identities.fiscal_year = figures.fiscal_year
            and identities.programme_code = figures.programme_code
            and terms.source_kind = figures.source_kind
            and terms.source_key = figures.source_key
)
select
    named_terms.identity_code as identity,
    named_terms.municipality_code,
    named_terms.fiscal_year,
    named_terms.programme_code,
    named_terms.subject,
    'not_applicable' as phase,
    named_terms.relation,
    named_terms.unit,
    named_terms.side,
    named_terms.factor,
    named_terms.figure_value,
    named_terms.rounded_to,
    null as term_name,
    programmes.source_document,
    concat_ws(', ', named_terms.source_lines, named_terms.stated_lines) as source_lines,
    named_terms.seed_name,
    named_terms.seed_line,
    named_terms.seed_column
from named_terms
inner join programmes
    on
        named_terms.municipality_code = programmes.municipality_code
        and named_terms.fiscal_year = programmes.fiscal_year
        and named_terms.programme_code = programmes.programme_code;

create table intermediate.int_reconciliation__terms_of_structure as
-- One row per thing counted in an identity of structure: own indicators printed under the objective
-- of their theme, and the numbers of the action points against how many there are.
with
indicators as (
    select * from intermediate.int_accounts__indicator_verdicts
),
action_points as (
    select * from staging.stg_accounts__action_points
),
tied_to_a_theme as (
    select * from indicators
    where objective_code_via_theme is not null
),
main_points as (
    select
        *,
        cast(action_code as integer) as action_number
    from action_points
    where regexp_full_match(action_code, '\d+')
),
unioned as (
    select
        'indicator_objective_to_theme' as identity,
        'Eigen indicatoren onder de doelstelling van hun thema' as subject,
        'indicatoren' as unit,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        1 as figure_value,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        'theme_code' as seed_column
    from tied_to_a_theme
    union all
    select
        'indicator_objective_to_theme' as identity,
        'Eigen indicatoren onder de doelstelling van hun thema' as subject,
        'indicatoren' as unit,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        if(objective_code_printed = objective_code_via_theme, 1, 0) as figure_value,
        source_document,
        source_line,
        'indicators' as seed_name,
        seed_line,
        'objective_code_printed' as seed_column
    from tied_to_a_theme
    union all
    select
        'action_point_numbers' as identity,
        'Hoogste nummer van de actiepunten tegenover hun aantal' as subject,
        'actiepunten' as unit,
        'left' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        action_number as figure_value,
        source_document,
        source_line,
        'action_points' as seed_name,
        seed_line,
        'action_code' as seed_column
    from main_points
    qualify
        row_number() over (
            partition by municipality_code, fiscal_year, programme_code
            order by action_number desc
        ) = 1
    union all
    select
        'action_point_numbers' as identity,
        'Hoogste nummer van de actiepunten tegenover hun aantal' as subject,
        'actiepunten' as unit,
        'right' as side,
        municipality_code,
        fiscal_year,
        programme_code,
        1 as figure_value,
        source_document,
        source_line,
        'action_points' as seed_name,
        seed_line,
        'action_code' as seed_column
    from main_points
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'not_applicable' as phase,
    'equal' as relation,
    unit,
    side,
    1 as factor,
    figure_value,
    0 as rounded_to,
    null as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned;

create table intermediate.int_reconciliation__terms as
-- One row per figure in an identity: its side (left, right, or a bridge between them), its value
-- and the factor it counts with, the size of its last printed digit, and where it stands. What a
-- chapter says on one side only is no identity; one that a reviewer wrote stays, to be told.
with
unioned as (
    select * from intermediate.int_reconciliation__terms_of_cost_table
    qualify
        count(distinct side) filter (where side in ('left', 'right')) over (
            partition by identity, municipality_code, fiscal_year, programme_code, subject, phase
        ) = 2
    union all
    select * from intermediate.int_reconciliation__terms_of_goal_tree
    qualify
        count(distinct side) filter (where side in ('left', 'right')) over (
            partition by identity, municipality_code, fiscal_year, programme_code, subject, phase
        ) = 2
    union all
    select * from intermediate.int_reconciliation__terms_of_narrative
    qualify
        count(distinct side) filter (where side in ('left', 'right')) over (
            partition by identity, municipality_code, fiscal_year, programme_code, subject, phase
        ) = 2
    union all
    select * from intermediate.int_reconciliation__terms_of_prose
    union all
    select * from intermediate.int_reconciliation__terms_of_structure
    qualify
        count(distinct side) filter (where side in ('left', 'right')) over (
            partition by identity, municipality_code, fiscal_year, programme_code, subject, phase
        ) = 2
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    relation,
    unit,
    side,
    cast(factor as decimal(18, 3)) as factor,
    cast(figure_value as decimal(18, 3)) as figure_value,
    cast(rounded_to as decimal(18, 3)) as rounded_to,
    term_name,
    source_document,
    source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned;

create table intermediate.int_trust__derived_inputs as
-- One row per input of each published figure that does not stand in the accounts as it is
-- published: figures of programmes, sums in the goal tree, verdicts, differences and identities.
with
figure_inputs as (
    select * from intermediate.int_programmes__figure_inputs
),
goal_tree as (
    select * from intermediate.int_accounts__goal_tree
),
indicators as (
    select * from intermediate.int_accounts__indicator_verdicts
),
definitions as (
    select * from staging.stg_reference__statutory_indicator_definitions
),
explanations as (
    select * from intermediate.int_accounts__explanations
),
forecasts as (
    select * from staging.stg_accounts__forecasts
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
finance_lines as (
    select * from intermediate.int_accounts__finance_lines
),
terms as (
    select * from intermediate.int_reconciliation__terms
),
programme_results as (
    select
        'programme_results' as table_name,
        concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code)) as row_key,
        column_name,
        seed_name as file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from figure_inputs
),
-- Products that the cost table does not print keep the amount of the goal tree.
programme_finance as (
    select
        'programme_finance' as table_name,
        concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('line_item=', line_item), concat('flow=', flow)) as row_key,
        'actual_keur' as column_name,
        seed_name as file_name,
        seed_line,
        flow || '_actual_keur' as input_column,
        cast(actual_keur as varchar) as input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from finance_lines
    where seed_name = 'goal_tree'
),
tree_names as (
    select
        'goal_tree' as table_name,
        'node_id=' || goal_tree.node_id as row_key,
        naming.column_name,
        if(goal_tree.node_type = 'programme', 'programmes', 'goal_tree') as file_name,
        goal_tree.seed_line,
        if(
            goal_tree.node_type = 'programme', naming.programme_column, naming.column_name
        ) as input_column,
        if(naming.column_name = 'node_code', goal_tree.node_code, goal_tree.node_name)
            as input_value,
        goal_tree.source_document,
        cast(goal_tree.source_line as varchar) as source_lines
    from goal_tree
    cross join (
        values ('node_code', 'programme_code'), ('node_name', 'programme_name')
    ) as naming (column_name, programme_column)
),
-- An inner node adds up the products below it; a product is its own input.
tree_amounts as (
    select
        'goal_tree' as table_name,
        'node_id=' || node.node_id as row_key,
        flow.flow || '_actual_keur' as column_name,
        'goal_tree' as file_name,
        product.seed_line,
        flow.flow || '_actual_keur' as input_column,
        cast(
            if(
                flow.flow = 'expenses', product.expenses_actual_keur, product.revenue_actual_keur
            ) as varchar
        ) as input_value,
        product.source_document,
        cast(
            if(flow.flow = 'expenses', product.source_line, product.revenue_source_line) as varchar
        ) as source_lines
    from goal_tree as node
    inner join goal_tree as product
        on
            product.node_type = 'product'
            and (
                node.node_id = product.node_id or starts_with(product.node_id, node.node_id || '/')
            )
    cross join (values ('expenses'), ('revenue')) as flow (flow)
),
verdicts as (
    select
        'indicator_results' as table_name,
        concat_ws(' ', concat('municipality_code=', indicators.municipality_code), concat('fiscal_year=', indicators.fiscal_year), concat('programme_code=', indicators.programme_code), concat('indicator_code=', indicators.indicator_code)) as row_key,
        verdict_of.column_name,
        indicators.seed_name as file_name,
        indicators.seed_line,
        verdict_of.input_column,
        case verdict_of.input_column
            when 'score' then cast(indicators.score as varchar)
            when 'target' then cast(indicators.target as varchar)
            when 'verdict_stated' then indicators.verdict_stated
            else indicators.theme_code
        end as input_value,
        indicators.source_document,
        cast(
            if(
                verdict_of.input_column = 'verdict_stated',
                indicators.verdict_source_line,
                indicators.source_line
            ) as varchar
        ) as source_lines
    from indicators
    inner join (
        values
        ('verdict_computed', 'score'), ('verdict_computed', 'target'),
        ('verdicts_agree', 'score'), ('verdicts_agree', 'target'),
        ('verdicts_agree', 'verdict_stated'),
        ('verdict', 'score'), ('verdict', 'target'), ('verdict', 'verdict_stated'),
        ('verdict_basis', 'score'), ('verdict_basis', 'target'),
        ('verdict_basis', 'verdict_stated'),
        ('verdict_label', 'score'), ('verdict_label', 'target'),
        ('verdict_label', 'verdict_stated'),
        ('objective_code_via_theme', 'theme_code')
    ) as verdict_of (column_name, input_column)
        on
            indicators.seed_name = 'indicators'
            or verdict_of.input_column in ('score', 'target')
),
directions as (
    select
        'indicator_results' as table_name,
        concat_ws(' ', concat('municipality_code=', indicators.municipality_code), concat('fiscal_year=', indicators.fiscal_year), concat('programme_code=', indicators.programme_code), concat('indicator_code=', indicators.indicator_code)) as row_key,
        direction_of.column_name,
        'statutory_indicator_definitions' as file_name,
        definitions.seed_line,
        direction_of.column_name as input_column,
        definitions.direction as input_value,
        definitions.source as source_document,
        cast(null as varchar) as source_lines
    from indicators
    inner join definitions on indicators.indicator_code = definitions.indicator_code
    cross join (values ('direction'), ('direction_basis')) as direction_of (column_name)
),
-- What an explained amount is set against: the variances of its line, and the amount itself.
explained as (
    select
        'variance_explanations' as table_name,
        concat_ws(' ', concat('municipality_code=', explained_by.municipality_code), concat('fiscal_year=', explained_by.fiscal_year), concat('programme_code=', explained_by.programme_code), concat('explanation_no=', explained_by.explanation_no)) as row_key,
        explained_by.column_name,
        explained_by.file_name,
        explained_by.seed_line,
        explained_by.input_column,
        explained_by.input_value,
        explained_by.source_document,
        explained_by.source_lines
    from (
        select
            explanations.municipality_code,
            explanations.fiscal_year,
            explanations.programme_code,
            explanations.explanation_no,
            explanations.source_document,
            unnest(['table_amount_keur', 'difference_keur', 'reconciliation']) as column_name,
            cells.seed_name as file_name,
            cells.seed_line,
            cells.seed_column as input_column,
            cast(cells.amount_keur as varchar) as input_value,
            cast(cells.source_line as varchar) as source_lines
        from explanations
        inner join cells
            on
                explanations.municipality_code = cells.municipality_code
                and explanations.fiscal_year = cells.fiscal_year
                and explanations.programme_code = cells.programme_code
                and explanations.line_item = cells.line_item
                and cells.phase = 'variance'
        where explanations.table_amount_keur is not null
        union all
        select
            municipality_code,
            fiscal_year,
            programme_code,
            explanation_no,
            source_document,
            unnest(['difference_keur', 'reconciliation']) as column_name,
            'variance_explanations' as file_name,
            seed_line,
            'amount_keur' as input_column,
            cast(amount_keur as varchar) as input_value,
            cast(source_line as varchar) as source_lines
        from explanations
    ) as explained_by
),
outturns as (
    select
        'forecasts' as table_name,
        concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('stage=', stage)) as row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from (
        select
            forecasts.municipality_code,
            forecasts.fiscal_year,
            forecasts.programme_code,
            forecasts.stage,
            forecasts.source_document,
            unnest(['outturn_keur', 'error_keur']) as column_name,
            cells.seed_name as file_name,
            cells.seed_line,
            cells.seed_column as input_column,
            cast(cells.amount_keur as varchar) as input_value,
            cast(cells.source_line as varchar) as source_lines
        from forecasts
        inner join cells
            on
                forecasts.municipality_code = cells.municipality_code
                and forecasts.fiscal_year = cells.fiscal_year
                and forecasts.programme_code = cells.programme_code
                and cells.flow = 'net_cost_after_reserves'
                and cells.phase = 'variance'
                and cells.is_total
        union all
        select
            municipality_code,
            fiscal_year,
            programme_code,
            stage,
            source_document,
            'error_keur' as column_name,
            'forecasts' as file_name,
            seed_line,
            'forecast_keur' as input_column,
            cast(forecast_keur as varchar) as input_value,
            cast(source_line as varchar) as source_lines
        from forecasts
    ) as outturn_inputs
),
-- A bridge stands on neither side of an identity, but its difference depends on it.
identities as (
    select
        'reconciliation' as table_name,
        concat_ws(' ', concat('identity=', identity), concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('subject=', subject), concat('phase=', phase)) as row_key,
        unnest(
            case side
                when 'left' then ['left', 'difference', 'status']
                when 'right' then ['right', 'difference', 'status']
                else ['difference', 'status']
            end
        ) as figure,
        unit,
        seed_name as file_name,
        seed_line,
        seed_column as input_column,
        cast(figure_value as varchar) as input_value,
        source_document,
        source_lines
    from terms
),
reconciliation as (
    select
        table_name,
        row_key,
        case
            when figure = 'status' then figure
            when unit = 'keur' then figure || '_keur'
            else figure || '_value'
        end as column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from identities
)
select * from programme_results
union all
select * from programme_finance
union all
select * from tree_names
union all
select * from tree_amounts
union all
select * from verdicts
union all
select * from directions
union all
select * from explained
union all
select * from outturns
union all
select * from reconciliation;

create table marts.figure_provenance as
with
documents as (
    select * from staging.stg_accounts__documents
),
-- Columns that stand in the file as they stand in the mart.
as_printed as (
    select
        'programme_finance' as table_name,
        row_key,
        column_name,
        'programme_finance' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('line_item=', line_item), concat('flow=', flow)) as row_key,
            source_document as document,
            source_line as line,
            cast(is_total as varchar) as is_total,
            cast(original_budget_keur as varchar) as original_budget_keur,
            cast(final_budget_keur as varchar) as final_budget_keur,
            cast(actual_keur as varchar) as actual_keur,
            cast(variance_keur as varchar) as variance_keur,
            cast(value_status as varchar) as value_status,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__programme_finance
        where not starts_with(flow, 'net_')
    )
    unpivot include nulls (
        input_value for column_name in (is_total, original_budget_keur, final_budget_keur, actual_keur, variance_keur, value_status, source_document, source_line)
    )
    union all
    select
        'indicator_results' as table_name,
        row_key,
        column_name,
        'indicators' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('indicator_code=', indicator_code)) as row_key,
            source_document as document,
            source_line as line,
            cast(indicator_name as varchar) as indicator_name,
            cast(objective_code_printed as varchar) as objective_code_printed,
            cast(theme_code as varchar) as theme_code,
            cast(unit as varchar) as unit,
            cast(direction as varchar) as direction,
            cast(direction_basis as varchar) as direction_basis,
            cast(score_year as varchar) as score_year,
            cast(measurement_period as varchar) as measurement_period,
            cast(score as varchar) as score,
            cast(previous_score as varchar) as previous_score,
            cast(target as varchar) as target,
            cast(target_year as varchar) as target_year,
            cast(target_type as varchar) as target_type,
            cast(target_condition as varchar) as target_condition,
            cast(margin_of_error as varchar) as margin_of_error,
            cast(confidence_level as varchar) as confidence_level,
            cast(margin_status as varchar) as margin_status,
            cast(measurement_basis as varchar) as measurement_basis,
            cast(verdict_stated as varchar) as verdict_stated,
            cast(value_status as varchar) as value_status,
            cast(status_reason as varchar) as status_reason,
            cast(continued as varchar) as continued,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__indicators
    )
    unpivot include nulls (
        input_value for column_name in (indicator_name, objective_code_printed, theme_code, unit, direction, direction_basis, score_year, measurement_period, score, previous_score, target, target_year, target_type, target_condition, margin_of_error, confidence_level, margin_status, measurement_basis, verdict_stated, value_status, status_reason, continued, source_document, source_line)
    )
    union all
    select
        'indicator_results' as table_name,
        row_key,
        column_name,
        'statutory_indicators' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('indicator_code=', indicator_code)) as row_key,
            source_document as document,
            source_line as line,
            cast(indicator_name as varchar) as indicator_name,
            cast(policy_field as varchar) as policy_field,
            cast(unit as varchar) as unit,
            cast(score_year as varchar) as score_year,
            cast(score as varchar) as score,
            cast(target as varchar) as target,
            cast(target_year as varchar) as target_year,
            cast(target_type as varchar) as target_type,
            cast(margin_of_error as varchar) as margin_of_error,
            cast(confidence_level as varchar) as confidence_level,
            cast(margin_status as varchar) as margin_status,
            cast(measurement_basis as varchar) as measurement_basis,
            cast(value_status as varchar) as value_status,
            cast(status_reason as varchar) as status_reason,
            cast(score_source as varchar) as score_source,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__statutory_indicators
    )
    unpivot include nulls (
        input_value for column_name in (indicator_name, policy_field, unit, score_year, score, target, target_year, target_type, margin_of_error, confidence_level, margin_status, measurement_basis, value_status, status_reason, score_source, source_document, source_line)
    )
    union all
    select
        'action_points' as table_name,
        row_key,
        column_name,
        'action_points' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('action_code=', action_code)) as row_key,
            source_document as document,
            source_line as line,
            cast(theme_code as varchar) as theme_code,
            cast(objective_code as varchar) as objective_code,
            cast(title as varchar) as title,
            cast(partner as varchar) as partner,
            cast(deadline as varchar) as deadline,
            cast(status_interim as varchar) as status_interim,
            cast(status_final as varchar) as status_final,
            cast(status_from_text as varchar) as status_from_text,
            cast(carried_over as varchar) as carried_over,
            cast(savings_target_keur as varchar) as savings_target_keur,
            cast(savings_realised as varchar) as savings_realised,
            cast(explanation as varchar) as explanation,
            cast(value_status as varchar) as value_status,
            cast(status_reason as varchar) as status_reason,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            cast(explanation_source_line as varchar) as explanation_source_line,
            seed_line as file_line
        from staging.stg_accounts__action_points
    )
    unpivot include nulls (
        input_value for column_name in (theme_code, objective_code, title, partner, deadline, status_interim, status_final, status_from_text, carried_over, savings_target_keur, savings_realised, explanation, value_status, status_reason, source_document, source_line, explanation_source_line)
    )
    union all
    select
        'variance_explanations' as table_name,
        row_key,
        column_name,
        'variance_explanations' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('explanation_no=', explanation_no)) as row_key,
            source_document as document,
            source_line as line,
            cast(role as varchar) as role,
            cast(parent_explanation_no as varchar) as parent_explanation_no,
            cast(subject as varchar) as subject,
            cast(amount_keur as varchar) as amount_keur,
            cast(amount_text as varchar) as amount_text,
            cast(hedge as varchar) as hedge,
            cast(nature as varchar) as nature,
            cast(reason as varchar) as reason,
            cast(line_item as varchar) as line_item,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__variance_explanations
    )
    unpivot include nulls (
        input_value for column_name in (role, parent_explanation_no, subject, amount_keur, amount_text, hedge, nature, reason, line_item, source_document, source_line)
    )
    union all
    select
        'forecasts' as table_name,
        row_key,
        column_name,
        'forecasts' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('stage=', stage)) as row_key,
            source_document as document,
            source_line as line,
            cast(forecast_keur as varchar) as forecast_keur,
            cast(basis as varchar) as basis,
            cast(forecast_text as varchar) as forecast_text,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__forecasts
    )
    unpivot include nulls (
        input_value for column_name in (forecast_keur, basis, forecast_text, source_document, source_line)
    )
    union all
    select
        'chapter_facts' as table_name,
        row_key,
        column_name,
        'chapter_facts' as file_name,
        file_line as seed_line,
        column_name as input_column,
        input_value,
        document as source_document,
        line as source_line
    from (
        select
            concat_ws(' ', concat('municipality_code=', municipality_code), concat('fiscal_year=', fiscal_year), concat('programme_code=', programme_code), concat('fact_no=', fact_no)) as row_key,
            source_document as document,
            source_line as line,
            cast(kind as varchar) as kind,
            cast(code as varchar) as code,
            cast(title as varchar) as title,
            cast(party_role as varchar) as party_role,
            cast(objective_code as varchar) as objective_code,
            cast(products as varchar) as products,
            cast(value as varchar) as value,
            cast(unit as varchar) as unit,
            cast(hedge as varchar) as hedge,
            cast(value_text as varchar) as value_text,
            cast(reference_year as varchar) as reference_year,
            cast(value_status as varchar) as value_status,
            cast(source_document as varchar) as source_document,
            cast(source_line as varchar) as source_line,
            seed_line as file_line
        from staging.stg_accounts__chapter_facts
    )
    unpivot include nulls (
        input_value for column_name in (kind, code, title, party_role, objective_code, products, value, unit, hedge, value_text, reference_year, value_status, source_document, source_line)
    )
),
derived as (
    select * from intermediate.int_trust__derived_inputs
),
unioned as (
    select
        table_name,
        row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from as_printed
    union all
    select
        table_name,
        row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from derived
)
select
    unioned.table_name,
    unioned.row_key,
    unioned.column_name,
    cast(
        row_number() over (
            partition by unioned.table_name, unioned.row_key, unioned.column_name
            order by
                unioned.file_name,
                unioned.seed_line,
                unioned.input_column,
                unioned.input_value,
                unioned.source_lines
        ) as integer
    ) as input_no,
    case unioned.file_name
        when 'population' then 'stg_benchmarks__population'
        when 'cbs_population' then 'stg_cbs__population'
        when 'prose_identity_terms' then 'stg_reference__prose_identity_terms'
        when 'statutory_indicator_definitions'
            then 'stg_reference__statutory_indicator_definitions'
        else concat('stg_accounts__', unioned.file_name)
    end as input_model,
    unioned.input_column,
    unioned.input_value,
    if(
        unioned.file_name = 'cbs_population',
        'raw/cbs/population',
        concat(
            '${SEEDS}/',
            case unioned.file_name
                when 'population' then 'benchmarks'
                when 'prose_identity_terms' then 'reference'
                when 'statutory_indicator_definitions' then 'reference'
                else 'accounts'
            end,
            '/', unioned.file_name, '.csv'
        )
    ) as seed_path,
    unioned.seed_line,
    unioned.source_document,
    unioned.source_lines,
    documents.sha256 as source_sha256
from unioned
left join documents on unioned.source_document = documents.name
order by unioned.table_name, unioned.row_key, unioned.column_name, input_no;

create table marts.forecasts as
with
forecasts as (
    select * from staging.stg_accounts__forecasts
),
outturns as (
    select * from intermediate.int_accounts__finance_cells
    where flow = 'net_cost_after_reserves' and phase = 'variance' and is_total
)
select
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage,
    forecasts.forecast_keur,
    outturns.amount_keur as outturn_keur,
    cast(outturns.amount_keur - forecasts.forecast_keur as decimal(18, 3)) as error_keur,
    forecasts.basis,
    forecasts.forecast_text,
    forecasts.source_document,
    forecasts.source_line
from forecasts
left join outturns
    on
        forecasts.municipality_code = outturns.municipality_code
        and forecasts.fiscal_year = outturns.fiscal_year
        and forecasts.programme_code = outturns.programme_code
order by
    forecasts.municipality_code,
    forecasts.fiscal_year,
    forecasts.programme_code,
    forecasts.stage;

create table marts.goal_tree as
with
goal_tree as (
    select * from intermediate.int_accounts__goal_tree
)
select
    node_id,
    municipality_code,
    fiscal_year,
    programme_code,
    parent_node_id,
    node_type,
    node_code,
    node_name,
    cast(depth as integer) as depth,
    sort_order,
    cast(expenses_actual_keur as decimal(18, 3)) as expenses_actual_keur,
    cast(revenue_actual_keur as decimal(18, 3)) as revenue_actual_keur,
    value_status,
    status_reason,
    source_document,
    source_line,
    revenue_source_line
from goal_tree
order by node_id;

create table marts.indicator_results as
with
indicators as (
    select * from intermediate.int_accounts__indicator_verdicts
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    indicator_kind,
    indicator_name,
    policy_field,
    objective_code_printed,
    objective_code_via_theme,
    theme_code,
    unit,
    direction,
    direction_basis,
    score_year,
    measurement_period,
    score,
    previous_score,
    target,
    target_year,
    target_type,
    target_condition,
    margin_of_error,
    confidence_level,
    margin_status,
    measurement_basis,
    verdict_computed,
    verdict_stated,
    verdicts_agree,
    verdict,
    verdict_basis,
    case
        when verdict_basis = 'computed' and margin_status = 'not_printed'
            and measurement_basis != 'full_count' and verdict in ('met', 'missed')
            then case
                when score = target then 'op streefwaarde, foutmarge onbekend'
                when score > target then 'boven streefwaarde, foutmarge onbekend'
                else 'onder streefwaarde, foutmarge onbekend'
            end
        when verdict = 'met' then 'gehaald'
        when verdict = 'missed' then 'niet gehaald'
        when verdict = 'undecided' then 'niet te onderscheiden (binnen foutmarge)'
        when verdict = 'no_target' then 'geen streefwaarde'
        when verdict = 'not_due' then 'nog niet aan de orde'
        when verdict = 'not_measured' then 'niet gemeten'
        when verdict = 'not_captured' then 'niet leesbaar in onze kopie'
    end as verdict_label,
    value_status,
    status_reason,
    continued,
    score_source,
    source_document,
    source_line
from indicators
order by municipality_code, fiscal_year, programme_code, indicator_code;

create table intermediate.int_iv3__between_governments as
-- One row per municipality, report and taakveld of a landed year: what came from other
-- municipalities (category B4.3.2) and what went to joint bodies (L4.3.3), in the publication that
-- holds. Money that passes between governments is booked by both.
with
cells as (
    select * from staging.stg_cbs__iv3_cells
    where category_code in ('B4.3.2', 'L4.3.3')
),
deliveries as (
    select * from intermediate.int_iv3__deliveries
    where vintage is not null
)
select
    cells.municipality_code,
    cells.fiscal_year,
    deliveries.report,
    cells.taakveld_code,
    cast(
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where cells.category_code = 'B4.3.2'
        ) as decimal(18, 3)
    ) as from_municipalities_keur,
    cast(
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where cells.category_code = 'L4.3.3'
        ) as decimal(18, 3)
    ) as to_joint_bodies_keur
from cells
inner join deliveries
    on
        cells.municipality_code = deliveries.municipality_code
        and cells.fiscal_year = deliveries.fiscal_year
        and cells.report_suffix = deliveries.report_suffix
group by cells.municipality_code, cells.fiscal_year, deliveries.report, cells.taakveld_code;

create view staging.stg_reference__distorting_events as
with source as (
    select * from staging.distorting_events
),
renamed as (
    select
        trim(event_code) as event_code,
        trim(event_name) as event_name,
        trim(taakveld_code) as taakveld_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        cast(first_budget_year as integer) as first_budget_year,
        trim(effect) as effect,
        trim(source) as source
    from source
)
select * from renamed;

create table intermediate.int_comparison__cautions as
-- One row per boundary, municipality, year, report, subject and denominator that is hard to
-- compare: the worst that can be said of it, and all the reasons. Declared rules, national events,
-- a first year of new codes, money from other municipalities (over a tenth of the expenses) and
-- joint bodies (over half of them), and the budget of a year in which the territory grew.
with
spending as (
    select * from intermediate.int_comparison__spending
),
rules as (
    select * from staging.stg_reference__comparability_rules
),
events as (
    select * from staging.stg_reference__distorting_events
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
flows as (
    select * from intermediate.int_iv3__between_governments
),
weights as (
    select * from intermediate.int_boundaries__weights
),
changes as (
    select * from staging.stg_reference__boundary_changes
    where kind in ('absorption', 'split')
),
subjects as (
    select distinct
        fiscal_year,
        report,
        subject_kind,
        subject_code
    from spending
),
event_subjects as (
    select
        'taakveld' as subject_kind,
        events.taakveld_code as subject_code,
        events.*
    from events
    union all
    select distinct
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code,
        events.*
    from events
    inner join taakvelden on events.taakveld_code = taakvelden.taakveld_code
),
general as (
    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        rules.denominator,
        rules.comparability,
        rules.reason
    from subjects
    inner join rules
        on
            subjects.subject_kind = rules.subject_kind
            and subjects.subject_code = rules.subject_code
            and subjects.fiscal_year
            between rules.valid_from_year and coalesce(rules.valid_to_year, 9999)
    union all
    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        'any' as denominator,
        'caution' as comparability,
        concat(event_subjects.event_name, ': ', event_subjects.effect) as reason
    from subjects
    inner join event_subjects
        on
            subjects.subject_kind = event_subjects.subject_kind
            and subjects.subject_code = event_subjects.subject_code
            and subjects.fiscal_year
            between if(
                subjects.report = 'budget',
                event_subjects.first_budget_year,
                event_subjects.valid_from_year
            )
            and coalesce(event_subjects.valid_to_year, 9999)
    union all
    select
        subjects.fiscal_year,
        subjects.report,
        subjects.subject_kind,
        subjects.subject_code,
        'any' as denominator,
        'caution' as comparability,
        'Eerste jaar van deze code: boekingen kunnen nog wennen' as reason
    from subjects
    inner join taakvelden
        on
            subjects.subject_kind = 'taakveld'
            and subjects.subject_code = taakvelden.taakveld_code
            and subjects.fiscal_year = taakvelden.valid_from_year
            and taakvelden.valid_from_year > 2017
    anti join taakvelden as earlier
        on
            subjects.subject_code = earlier.taakveld_code
            and earlier.valid_to_year = taakvelden.valid_from_year - 1
),
moved as (
    select
        if(weights.to_year = 9999, 'current', 'as_reported') as boundary,
        weights.successor_code as municipality_code,
        flows.fiscal_year,
        flows.report,
        flows.taakveld_code,
        sum(flows.from_municipalities_keur * weights.weight) as from_municipalities_keur,
        sum(flows.to_joint_bodies_keur * weights.weight) as to_joint_bodies_keur
    from flows
    inner join weights
        on
            flows.municipality_code = weights.municipality_code
            and flows.fiscal_year = weights.from_year
            and weights.to_year in (flows.fiscal_year, 9999)
    group by
        if(weights.to_year = 9999, 'current', 'as_reported'),
        weights.successor_code,
        flows.fiscal_year,
        flows.report,
        flows.taakveld_code
),
moved_subjects as (
    select
        'taakveld' as subject_kind,
        moved.taakveld_code as subject_code,
        moved.*
    from moved
    union all
    select
        'cluster' as subject_kind,
        taakvelden.cluster_code as subject_code,
        moved.*
    from moved
    inner join taakvelden
        on
            moved.taakveld_code = taakvelden.taakveld_code
            and moved.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
),
shares as (
    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        sum(moved_subjects.from_municipalities_keur) / nullif(any_value(spending.expenses_keur), 0)
            as from_municipalities,
        sum(moved_subjects.to_joint_bodies_keur) / nullif(any_value(spending.expenses_keur), 0)
            as to_joint_bodies
    from spending
    inner join moved_subjects
        on
            spending.boundary = moved_subjects.boundary
            and spending.municipality_code = moved_subjects.municipality_code
            and spending.fiscal_year = moved_subjects.fiscal_year
            and spending.report = moved_subjects.report
            and spending.subject_kind = moved_subjects.subject_kind
            and spending.subject_code = moved_subjects.subject_code
    group by
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code
),
collected as (
    select
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        general.denominator,
        general.comparability,
        general.reason
    from spending
    inner join general
        on
            spending.fiscal_year = general.fiscal_year
            and spending.report = general.report
            and spending.subject_kind = general.subject_kind
            and spending.subject_code = general.subject_code
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'any' as denominator,
        'caution' as comparability,
        concat(
            'Bijdragen van andere gemeenten zijn ',
            round(from_municipalities * 100),
            '% van de lasten'
        ) as reason
    from shares
    where from_municipalities > 0.10
    union all
    select
        boundary,
        municipality_code,
        fiscal_year,
        report,
        subject_kind,
        subject_code,
        'any' as denominator,
        'caution' as comparability,
        concat(
            'Van de lasten gaat ',
            round(to_joint_bodies * 100),
            '% naar gemeenschappelijke regelingen'
        ) as reason
    from shares
    where to_joint_bodies > 0.50
    union all
    select distinct
        spending.boundary,
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.subject_kind,
        spending.subject_code,
        'any' as denominator,
        'caution' as comparability,
        'Uitbreiding door herindeling in dit jaar: de begroting kan nog van het oude gebied zijn'
            as reason
    from spending
    inner join changes
        on
            spending.municipality_code = changes.successor_code
            and spending.fiscal_year = year(changes.effective_date)
    where spending.report = 'budget' and spending.boundary = 'as_reported'
)
select
    collected.boundary,
    collected.municipality_code,
    collected.fiscal_year,
    collected.report,
    collected.subject_kind,
    collected.subject_code,
    denominators.denominator,
    if(bool_or(collected.comparability = 'not_comparable'), 'not_comparable', 'caution')
        as comparability,
    string_agg(distinct collected.reason, '; ' order by collected.reason) as reasons
from collected
inner join
    (values ('inhabitants'), ('aged_0_17'), ('serving_region')) as denominators (denominator)
    on collected.denominator in ('any', denominators.denominator)
group by
    collected.boundary,
    collected.municipality_code,
    collected.fiscal_year,
    collected.report,
    collected.subject_kind,
    collected.subject_code,
    denominators.denominator;

create view staging.stg_benchmarks__population_aged_0_17 as
with source as (
    select * from staging.population_aged_0_17
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants_aged_0_17 as integer) as inhabitants_aged_0_17,
        trim(value_status) as value_status,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_comparison__denominators as
-- One row per boundary, municipality, year, report and denominator: the people that an amount is
-- divided by. The serving region of a centre municipality is that of 2016, at the boundaries asked
-- for; one unknown member makes it unknown.
with
inhabitants as (
    select * from intermediate.int_boundaries__inhabitants
    where report in ('budget', 'accounts')
),
young as (
    select * from staging.stg_benchmarks__population_aged_0_17
),
members as (
    select * from intermediate.int_peers__region_members
    where region_kind = 'shelter'
),
serving as (
    select
        inhabitants.boundary,
        members.centre_code as municipality_code,
        inhabitants.fiscal_year,
        inhabitants.report,
        cast(sum(inhabitants.inhabitants) as integer) as people,
        count(*) as members_n
    from members
    inner join inhabitants
        on
            members.is_settled
            and members.municipality_code = inhabitants.municipality_code
            and members.to_year
            = if(inhabitants.boundary = 'current', 9999, inhabitants.fiscal_year)
    group by
        inhabitants.boundary, members.centre_code, inhabitants.fiscal_year, inhabitants.report
),
-- Who merged away during a year has people in its budgets, and in its successor after that.
merged as (
    select
        municipality_code,
        fiscal_year
    from inhabitants
    where boundary = 'as_reported'
    group by municipality_code, fiscal_year
    having not bool_or(report = 'accounts')
),
reports as (
    select distinct report from inhabitants
),
expected as (
    select
        members.to_year,
        members.centre_code,
        reports.report,
        count(*) as members_n
    from members
    cross join reports
    left join merged
        on
            members.municipality_code = merged.municipality_code
            and members.to_year = merged.fiscal_year
    where merged.municipality_code is null or reports.report = 'budget'
    group by members.to_year, members.centre_code, reports.report
)
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'inhabitants' as denominator,
    inhabitants as people,
    false as is_estimate
from inhabitants
union all
select
    inhabitants.boundary,
    young.municipality_code,
    inhabitants.fiscal_year,
    inhabitants.report,
    'aged_0_17' as denominator,
    young.inhabitants_aged_0_17 as people,
    young.value_status = 'estimated' as is_estimate
from young
inner join inhabitants
    on
        young.municipality_code = inhabitants.municipality_code
        and year(young.reference_date) = inhabitants.fiscal_year
-- A sum of several bodies has no source of its own.
where inhabitants.inhabitants_source is not null
union all
select
    serving.boundary,
    serving.municipality_code,
    serving.fiscal_year,
    serving.report,
    'serving_region' as denominator,
    serving.people,
    false as is_estimate
from serving
inner join expected
    on
        serving.municipality_code = expected.centre_code
        and expected.to_year = if(serving.boundary = 'current', 9999, serving.fiscal_year)
        and serving.report = expected.report
        and serving.members_n = expected.members_n;

create view staging.stg_benchmarks__financial_ratios as
with source as (
    select * from staging.financial_ratios
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(budget_year as integer) as budget_year,
        trim(ratio_code) as ratio_code,
        cast(figure_year as integer) as figure_year,
        trim(figure_kind) as figure_kind,
        cast(value as decimal(18, 6)) as value,
        trim(value_text) as value_text,
        trim(value_status) as value_status,
        trim(source) as source,
        trim(status_reason) as status_reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create view staging.stg_benchmarks__statutory_values as
with source as (
    select * from staging.statutory_values
),
renamed as (
    select
        trim(area_name) as area_name,
        trim(indicator_code) as indicator_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(kind) as kind,
        trim(published_name) as published_name,
        trim(address) as address,
        trim(area_code) as area_code,
        trim(value_text) as value_text,
        cast(value as decimal(18, 3)) as value,
        trim(unit) as unit,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_comparison__ratios as
-- One row per boundary, municipality, year, budget or accounts, and measure that a document states
-- as a ratio: statutory indicators and financial ratios, in one unit per indicator. A ratio cannot
-- be added up, so at today's boundaries it stands for municipalities that did not change since; and
-- documents that contradict each other make it not recomputable, and so does a figure that cannot
-- be in its unit.
with
statutory as (
    select * from staging.stg_benchmarks__statutory_values
),
accounts as (
    select * from staging.stg_accounts__statutory_indicators
),
units as (
    select * from staging.stg_reference__statutory_units
),
financial as (
    select * from staging.stg_benchmarks__financial_ratios
),
definitions as (
    select * from staging.stg_reference__financial_ratio_definitions
),
weights as (
    select * from intermediate.int_boundaries__weights
    where to_year = 9999
),
-- A target is no outcome, and a year that had to be assumed is none of ours.
printed as (
    select
        area_code as municipality_code,
        fiscal_year,
        if(kind = 'begroting', 'budget', 'accounts') as report,
        indicator_code as measure_code,
        unit,
        value,
        value_status
    from statutory
    where area_code like 'GM%' and kind not in ('streefwaarde', 'vorige meting (jaar aangenomen)')
    union all
    select
        municipality_code,
        score_year as fiscal_year,
        'accounts' as report,
        indicator_code as measure_code,
        unit,
        score as value,
        value_status
    from accounts
),
judged as (
    select
        financial.municipality_code,
        financial.figure_year as fiscal_year,
        if(financial.figure_kind = 'actual', 'accounts', 'budget') as report,
        concat('ratio_', financial.ratio_code) as measure_code,
        financial.value,
        financial.value_status,
        financial.status_reason,
        financial.value is null
        or financial.value between definitions.plausible_from and definitions.plausible_to
            as is_plausible
    from financial
    inner join definitions on financial.ratio_code = definitions.ratio_code
),
converted as (
    select
        printed.municipality_code,
        printed.fiscal_year,
        printed.report,
        printed.measure_code,
        'statutory' as subject_kind,
        round(printed.value * units.factor, 6) as value,
        case
            when printed.value is null then printed.value_status
            when units.factor is null then 'not_recomputable'
            else printed.value_status
        end as value_status,
        units.reason,
        coalesce(units.comparability, 'not_comparable') as comparability
    from printed
    left join units
        on
            printed.measure_code = units.indicator_code
            and printed.unit = units.unit_printed
    where printed.fiscal_year is not null
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        measure_code,
        'ratio' as subject_kind,
        if(is_plausible, value, null) as value,
        if(is_plausible, value_status, 'not_recomputable') as value_status,
        if(
            is_plausible,
            status_reason,
            concat('De bron geeft ', translate(rtrim(rtrim(format('{:,.3f}', cast(value as double)), '0'), '.'), ',.', '.,'), '%, wat niet waarschijnlijk is')
        ) as reason,
        'comparable' as comparability
    from judged
),
settled as (
    select
        municipality_code,
        fiscal_year,
        report,
        measure_code,
        any_value(subject_kind) as subject_kind,
        if(count(distinct value) = 1, max(value), null) as value,
        case
            when count(distinct value) = 1 then 'reported'
            when count(distinct value) > 1 then 'not_recomputable'
            else min(value_status)
        end as value_status,
        if(
            count(distinct value) > 1,
            'Documenten noemen verschillende waarden',
            min(reason)
        ) as reason,
        case
            when bool_or(comparability = 'not_comparable') then 'not_comparable'
            when bool_or(comparability = 'caution') then 'caution'
            else 'comparable'
        end as comparability
    from converted
    group by municipality_code, fiscal_year, report, measure_code
),
-- Today's municipality with the one it was in that year, where it is wholly the same.
unchanged as (
    select
        from_year as fiscal_year,
        successor_code as municipality_code,
        min(municipality_code) as then_code
    from weights
    group by from_year, successor_code
    having count(*) = 1 and min(weight) = 1
),
bounded as (
    select
        'as_reported' as boundary,
        settled.*
    from settled
    union all
    select
        'current' as boundary,
        settled.* replace (unchanged.municipality_code as municipality_code)
    from settled
    inner join unchanged
        on
            settled.fiscal_year = unchanged.fiscal_year
            and settled.municipality_code = unchanged.then_code
)
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    measure_code as subject_code,
    cast(null as varchar) as side,
    cast(null as varchar) as denominator,
    cast(null as varchar) as price_basis,
    cast(null as decimal(18, 3)) as numerator_keur,
    cast(null as integer) as people,
    cast(value as decimal(18, 6)) as value,
    value_status,
    reason,
    comparability
from bounded;

create table intermediate.int_comparison__values as
-- One row per boundary, municipality, year, budget or accounts, and measure: the value, and the
-- amount and people it is the ratio of. Null with its status where it cannot be made.
with
spending as (
    select * from intermediate.int_comparison__spending
),
denominators as (
    select * from intermediate.int_comparison__denominators
),
prices as (
    select * from intermediate.int_prices__index
),
ratios as (
    select * from intermediate.int_comparison__ratios
),
-- Of each municipality: its overhead (taakveld 0.4) as a share of its other expenses.
overhead as (
    select
        totals.boundary,
        totals.municipality_code,
        totals.fiscal_year,
        totals.report,
        overheads.expenses_keur
        / nullif(totals.expenses_keur - overheads.expenses_keur, 0) as share
    from spending as totals
    inner join spending as overheads
        on
            totals.boundary = overheads.boundary
            and totals.municipality_code = overheads.municipality_code
            and totals.fiscal_year = overheads.fiscal_year
            and totals.report = overheads.report
            and overheads.subject_kind = 'taakveld'
            and overheads.subject_code = '0.4'
    where totals.subject_kind = 'total'
),
measured as (
    select
        spending.*,
        measures.measure_code,
        measures.side,
        measures.denominator,
        measures.price_basis,
        if(measures.side = 'net', spending.revenue_status, spending.value_status) as status,
        case
            when spending.value_status = 'partially_reported' then null
            when measures.side = 'net' then spending.expenses_keur - spending.revenue_keur
            when measures.variant = 'with_overhead'
                then spending.expenses_keur * (1 + overhead.share)
            when measures.price_basis = 'real'
                then spending.expenses_keur * 100 / prices.price_index
            else spending.expenses_keur
        end as numerator_keur,
        measures.variant = 'with_overhead' as is_spread
    from spending
    inner join intermediate.int_comparison__iv3_measures as measures
        on
            spending.subject_kind = measures.subject_kind
            and spending.subject_code = measures.subject_code
    left join overhead
        on
            spending.boundary = overhead.boundary
            and spending.municipality_code = overhead.municipality_code
            and spending.fiscal_year = overhead.fiscal_year
            and spending.report = overhead.report
    left join prices on spending.fiscal_year = prices.price_year
),
divided as (
    select
        measured.*,
        denominators.people,
        denominators.is_estimate,
        measured.numerator_keur * 1000 / nullif(denominators.people, 0) as value
    from measured
    left join denominators
        on
            measured.boundary = denominators.boundary
            and measured.municipality_code = denominators.municipality_code
            and measured.fiscal_year = denominators.fiscal_year
            and measured.report = denominators.report
            and measured.denominator = denominators.denominator
    -- A serving region and an age group are published for those that have one only.
    where measured.denominator = 'inhabitants' or denominators.people is not null
)
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    subject_code,
    side,
    denominator,
    price_basis,
    if(value is null, null, cast(round(numerator_keur, 3) as decimal(18, 3))) as numerator_keur,
    if(value is null, null, people) as people,
    cast(round(value, 6) as decimal(18, 6)) as value,
    case
        when value is null and status in ('reported', 'provisional', 'estimated')
            then 'not_recomputable'
        when value is not null and (is_spread or is_estimate) then 'estimated'
        else status
    end as value_status,
    cast(null as varchar) as reason,
    'comparable' as comparability
from divided
union all
select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    subject_kind,
    subject_code,
    side,
    denominator,
    price_basis,
    numerator_keur,
    people,
    value,
    value_status,
    reason,
    comparability
from ratios;

create table intermediate.int_comparison__measure_groups as
-- One row per measure and peer group that it is held against. A feature never chooses the peers of
-- a measure that is built on it, and measures per inhabitant of a serving region compare centres
-- with centres only.
with
measured as (
    select distinct
        measure_code,
        subject_kind,
        subject_code,
        denominator
    from intermediate.int_comparison__values
),
peer_groups as (
    select * from intermediate.int_peers__groups
),
themes as (
    select * from staging.stg_reference__measure_themes
),
measures as (
    select
        measured.measure_code,
        coalesce(measured.denominator = 'serving_region', false) as is_of_centres,
        coalesce(themes.theme, 'none') as left_out
    from measured
    left join themes
        on
            themes.subject_code
            = if(
                themes.subject_kind = 'denominator', measured.denominator, measured.subject_code
            )
            and themes.subject_kind in ('denominator', measured.subject_kind)
)
select
    measures.measure_code,
    peer_groups.peer_group_code
from measures
inner join peer_groups
    on
        peer_groups.left_out in ('any', measures.left_out)
        and (not measures.is_of_centres or peer_groups.peer_group_code = 'centre_shelter');

create table intermediate.int_comparison__peers as
-- One row per peer group, boundary, year, report and measure with a value of at least one member:
-- what the members' values add up to, their quartiles (`p25, median, p75`), and for each quartile
-- the values around it (`_a, _b, _c`), from which `quartile_without` makes that of the others of
-- one member.
with
measured as (
    select * from intermediate.int_comparison__values
    where value is not null
),
members as (
    select * from intermediate.int_peers__members
),
measure_groups as (
    select * from intermediate.int_comparison__measure_groups
),
collected as (
    select
        members.peer_group_code,
        measured.boundary,
        measured.fiscal_year,
        measured.report,
        measured.measure_code,
        count(*) as n,
        list(measured.value order by measured.value) as sorted,
        sum(measured.value) as value_sum,
        sum(measured.numerator_keur) as numerator_sum,
        sum(measured.people) as people_sum
    from measured
    inner join members
        on
            measured.boundary = members.boundary
            and measured.fiscal_year = members.fiscal_year
            and measured.municipality_code = members.municipality_code
    semi join measure_groups
        on
            measured.measure_code = measure_groups.measure_code
            and members.peer_group_code = measure_groups.peer_group_code
    group by
        members.peer_group_code,
        measured.boundary,
        measured.fiscal_year,
        measured.report,
        measured.measure_code
)
select
    peer_group_code,
    boundary,
    fiscal_year,
    report,
    measure_code,
    n,
    value_sum,
    numerator_sum,
    people_sum,
    sorted[(n - 1) * 1 // 4 + 1] + coalesce(((n - 1) * 1 % 4) * 0.25 * (sorted[(n - 1) * 1 // 4 + 2] - sorted[(n - 1) * 1 // 4 + 1]), 0) as p25,
    sorted[(n - 1) * 2 // 4 + 1] + coalesce(((n - 1) * 2 % 4) * 0.25 * (sorted[(n - 1) * 2 // 4 + 2] - sorted[(n - 1) * 2 // 4 + 1]), 0) as median,
    sorted[(n - 1) * 3 // 4 + 1] + coalesce(((n - 1) * 3 % 4) * 0.25 * (sorted[(n - 1) * 3 // 4 + 2] - sorted[(n - 1) * 3 // 4 + 1]), 0) as p75,
    if(n > 1, sorted[(n - 2) * 1 // 4 + 1], null)
        as q1_a,
    if(n > 1, sorted[(n - 2) * 1 // 4 + 2], null)
        as q1_b,
    if(n > 1, sorted[(n - 2) * 1 // 4 + 3], null)
        as q1_c,
    if(n > 1, sorted[(n - 2) * 2 // 4 + 1], null)
        as q2_a,
    if(n > 1, sorted[(n - 2) * 2 // 4 + 2], null)
        as q2_b,
    if(n > 1, sorted[(n - 2) * 2 // 4 + 3], null)
        as q2_c,
    if(n > 1, sorted[(n - 2) * 3 // 4 + 1], null)
        as q3_a,
    if(n > 1, sorted[(n - 2) * 3 // 4 + 2], null)
        as q3_b,
    if(n > 1, sorted[(n - 2) * 3 // 4 + 3], null)
        as q3_c,
    if(starts_with(peer_group_code, 'nearest_'), sorted, null) as sorted_neighbours
from collected;

create table intermediate.int_comparison__places as
-- One row per boundary, municipality, year, report, measure and peer group that it is held against:
-- its value, and how many members of the group have a lower one. `own_n` is 1 where the
-- municipality is a member itself; its own neighbours are a group without it.
with
measured as (
    select * from intermediate.int_comparison__values
),
members as (
    select * from intermediate.int_peers__members
),
municipalities as (
    select * from intermediate.int_peers__municipalities
),
peer_groups as (
    select * from intermediate.int_peers__groups
),
measure_groups as (
    select * from intermediate.int_comparison__measure_groups
),
compared as (
    select
        members.boundary,
        members.fiscal_year,
        members.municipality_code,
        members.peer_group_code,
        1 as own_n
    from members
    semi join peer_groups
        on
            members.peer_group_code = peer_groups.peer_group_code
            and peer_groups.peer_group_kind != 'nearest'
    union all
    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        peer_groups.peer_group_code,
        0 as own_n
    from municipalities
    inner join peer_groups
        on
            municipalities.municipality_code = peer_groups.of_municipality_code
            and peer_groups.peer_group_kind = 'nearest'
)
select
    measured.municipality_code,
    measured.fiscal_year,
    measured.report,
    measured.measure_code,
    measured.boundary,
    compared.peer_group_code,
    measured.value,
    measured.value_status,
    measured.numerator_keur,
    measured.people,
    measured.reason,
    measured.comparability,
    compared.own_n,
    cast(
        rank() over (
            partition by
                compared.peer_group_code,
                measured.boundary,
                measured.fiscal_year,
                measured.report,
                measured.measure_code
            order by measured.value
        ) - 1 as integer
    ) as lower_n
from measured
inner join compared
    on
        measured.boundary = compared.boundary
        and measured.fiscal_year = compared.fiscal_year
        and measured.municipality_code = compared.municipality_code
semi join measure_groups
    on
        measured.measure_code = measure_groups.measure_code
        and compared.peer_group_code = measure_groups.peer_group_code;

create table intermediate.int_peers__pools as
-- One row per boundary and year: from how many municipalities neighbours could be chosen, and
-- whether those are fewer than four fifths of all. At today's boundaries neighbours are those of
-- the latest year.
with
standardised as (
    select * from intermediate.int_peers__standardised
    where standard_score is not null
),
municipalities as (
    select * from intermediate.int_peers__municipalities
),
candidates as (
    select
        fiscal_year,
        count(distinct municipality_code) as candidates_n
    from standardised
    group by fiscal_year
),
latest as (
    select max(fiscal_year) as fiscal_year from candidates
),
listed as (
    select
        boundary,
        fiscal_year,
        count(*) as municipalities_n
    from municipalities
    group by boundary, fiscal_year
)
select
    listed.boundary,
    listed.fiscal_year,
    cast(candidates.candidates_n as integer) as candidates_n,
    cast(listed.municipalities_n as integer) as municipalities_n,
    candidates.candidates_n < 0.8 * listed.municipalities_n as is_narrow
from listed
cross join latest
inner join candidates
    on
        candidates.fiscal_year
        = if(listed.boundary = 'current', latest.fiscal_year, listed.fiscal_year);

create table intermediate.int_programmes__indicator_coverage as
-- One row per programme: its own indicators by verdict, and the share of product expenses for which
-- no own indicator is tied to the theme; to the objective where the goal tree has no themes.
with
indicators as (
    select * from intermediate.int_accounts__indicator_verdicts
),
goal_tree as (
    select * from staging.stg_accounts__goal_tree
),
counts as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        count(*) filter (where indicator_kind = 'own') as indicators_own,
        count(*) filter (where indicator_kind = 'statutory') as indicators_statutory,
        count(*) filter (where indicator_kind = 'own' and verdict = 'met') as indicators_met,
        count(*) filter (where indicator_kind = 'own' and verdict = 'missed') as indicators_missed,
        count(*) filter (where indicator_kind = 'own' and verdict = 'undecided')
            as indicators_undecided,
        count(*) filter (
            where indicator_kind = 'own' and verdict not in ('met', 'missed', 'undecided')
        ) as indicators_without_verdict
    from indicators
    group by municipality_code, fiscal_year, programme_code
),
-- A product under several themes ("1|2|3") is measured when any of them is.
products as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name,
        expenses_actual_keur,
        unnest(string_split(parent_node_code, '|')) as parent_code
    from goal_tree
    where node_type = 'product'
),
measured_codes as (
    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        coalesce(theme_code, objective_code_printed) as parent_code
    from indicators
    where indicator_kind = 'own'
),
products_measured as (
    select
        products.municipality_code,
        products.fiscal_year,
        products.programme_code,
        products.node_name,
        any_value(products.expenses_actual_keur) as expenses_actual_keur,
        count(measured_codes.parent_code) > 0 as is_measured
    from products
    left join measured_codes
        on
            products.municipality_code = measured_codes.municipality_code
            and products.fiscal_year = measured_codes.fiscal_year
            and products.programme_code = measured_codes.programme_code
            and products.parent_code = measured_codes.parent_code
    group by
        products.municipality_code,
        products.fiscal_year,
        products.programme_code,
        products.node_name
),
unmeasured as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        cast(
            round(
                100.0 * coalesce(sum(expenses_actual_keur) filter (where not is_measured), 0)
                / nullif(sum(expenses_actual_keur), 0),
                6
            ) as decimal(9, 6)
        ) as expenses_without_indicator_pct
    from products_measured
    group by municipality_code, fiscal_year, programme_code
)
select
    unmeasured.municipality_code,
    unmeasured.fiscal_year,
    unmeasured.programme_code,
    cast(coalesce(counts.indicators_own, 0) as integer) as indicators_own,
    cast(coalesce(counts.indicators_statutory, 0) as integer) as indicators_statutory,
    cast(coalesce(counts.indicators_met, 0) as integer) as indicators_met,
    cast(coalesce(counts.indicators_missed, 0) as integer) as indicators_missed,
    cast(coalesce(counts.indicators_undecided, 0) as integer) as indicators_undecided,
    cast(coalesce(counts.indicators_without_verdict, 0) as integer) as indicators_without_verdict,
    unmeasured.expenses_without_indicator_pct
from unmeasured
left join counts
    on
        unmeasured.municipality_code = counts.municipality_code
        and unmeasured.fiscal_year = counts.fiscal_year
        and unmeasured.programme_code = counts.programme_code;

create view staging.stg_reference__product_taakvelden as
with source as (
    select * from staging.product_taakvelden
),
renamed as (
    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(product_name) as product_name,
        trim(taakveld_code) as taakveld_code,
        cast(weight as decimal(18, 6)) as weight,
        trim(weight_basis) as weight_basis,
        cast(weight_fitted_on_iv3 as boolean) as weight_fitted_on_iv3,
        trim(explanation) as explanation,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source
)
select * from renamed;

create table intermediate.int_programmes__products_allocated as
-- One row per product, flow and taakveld, of each municipality and year for which products are
-- mapped: the product's actual before reserves, spread by weight. A product that is not mapped goes
-- to `unmapped` whole. What rounding leaves over goes to the largest weight; it is measured against
-- the weights as they are, so weights that do not add up to 1 are not hidden.
with
nodes as (
    select * from intermediate.int_accounts__goal_tree
),
mapped as (
    select * from staging.stg_reference__product_taakvelden
),
mapped_years as (
    select distinct
        municipality_code,
        fiscal_year
    from mapped
    where taakveld_code != 'unmapped'
),
amounts as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as product_name,
        'expenses' as flow,
        expenses_actual_keur as actual_keur,
        source_document,
        source_line
    from nodes
    where node_type = 'product'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as product_name,
        'revenue' as flow,
        revenue_actual_keur as actual_keur,
        source_document,
        revenue_source_line as source_line
    from nodes
    where node_type = 'product'
),
-- A product of the same name under two themes is one product here.
products as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        product_name,
        flow,
        cast(sum(actual_keur) as decimal(18, 3)) as product_keur,
        min(source_document) as source_document,
        min(source_line) as source_line
    from amounts
    where actual_keur is not null
    group by municipality_code, fiscal_year, programme_code, product_name, flow
),
parts as (
    select
        products.*,
        coalesce(mapped.taakveld_code, 'unmapped') as taakveld_code,
        coalesce(mapped.weight, cast(1 as decimal(18, 6))) as weight,
        mapped.weight_basis,
        coalesce(mapped.weight_fitted_on_iv3, false) as weight_fitted_on_iv3,
        coalesce(mapped.explanation, 'Dit product is nog niet aan taakvelden gekoppeld')
            as explanation,
        mapped.source as weight_source
    from products
    inner join mapped_years
        on
            products.municipality_code = mapped_years.municipality_code
            and products.fiscal_year = mapped_years.fiscal_year
    left join mapped
        on
            products.municipality_code = mapped.municipality_code
            and products.fiscal_year = mapped.fiscal_year
            and products.programme_code = mapped.programme_code
            and products.product_name = mapped.product_name
),
rounded as (
    select
        *,
        cast(round(product_keur * weight, 3) as decimal(18, 3)) as rounded_keur,
        cast(sum(weight) over of_product as decimal(18, 6)) as weights_total,
        row_number() over (of_product order by weight desc, taakveld_code asc) = 1
            as is_largest_part
    from parts
    window
        of_product as (
            partition by municipality_code, fiscal_year, programme_code, product_name, flow
        )
),
remaining as (
    select
        *,
        cast(
            round(product_keur * weights_total, 3) - sum(rounded_keur) over of_product
            as decimal(18, 3)
        ) as remainder_keur
    from rounded
    window
        of_product as (
            partition by municipality_code, fiscal_year, programme_code, product_name, flow
        )
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    product_name,
    taakveld_code,
    flow,
    weight,
    weight_basis,
    weight_fitted_on_iv3,
    product_keur,
    cast(rounded_keur + if(is_largest_part, remainder_keur, 0) as decimal(18, 3)) as allocated_keur,
    explanation,
    weight_source,
    source_document,
    source_line
from remaining;

create table intermediate.int_programmes__variance_explained as
-- One row per programme: how much of its variance the narrative explains, net against the variance
-- of net cost after reserves, and gross over the printed lines (null where none are printed).
with
programmes as (
    select * from staging.stg_accounts__programmes
),
finance_lines as (
    select * from intermediate.int_accounts__finance_lines
),
explanations as (
    select * from staging.stg_accounts__variance_explanations
),
results as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        variance_keur
    from finance_lines
    where flow = 'net_cost_after_reserves' and is_total
),
components as (
    select * from explanations
    where role = 'component'
),
component_sums as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        sum(amount_keur) as explained_keur
    from components
    group by municipality_code, fiscal_year, programme_code
),
explained_lines as (
    select distinct
        municipality_code,
        fiscal_year,
        programme_code,
        line_item
    from components
),
-- Gross: each printed line counts with the size of its variance in every flow.
lines as (
    select
        finance_lines.municipality_code,
        finance_lines.fiscal_year,
        finance_lines.programme_code,
        finance_lines.line_item,
        sum(abs(finance_lines.variance_keur)) as gross_keur,
        count(explained_lines.line_item) > 0 as is_explained
    from finance_lines
    left join explained_lines
        on
            finance_lines.municipality_code = explained_lines.municipality_code
            and finance_lines.fiscal_year = explained_lines.fiscal_year
            and finance_lines.programme_code = explained_lines.programme_code
            and finance_lines.line_item = explained_lines.line_item
    where not finance_lines.is_total and finance_lines.variance_keur is not null
    group by
        finance_lines.municipality_code,
        finance_lines.fiscal_year,
        finance_lines.programme_code,
        finance_lines.line_item
),
gross as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        sum(gross_keur) as gross_keur,
        coalesce(sum(gross_keur) filter (where is_explained), 0) as covered_keur,
        count(*) filter (where not is_explained and gross_keur != 0) as unexplained_lines,
        first(line_item order by gross_keur desc, line_item asc) filter (
            where not is_explained and gross_keur != 0
        ) as largest_unexplained_line
    from lines
    group by municipality_code, fiscal_year, programme_code
)
select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    cast(component_sums.explained_keur as decimal(18, 3)) as explained_variance_keur,
    cast(results.variance_keur - component_sums.explained_keur as decimal(18, 3))
        as unexplained_variance_keur,
    cast(gross.gross_keur as decimal(18, 3)) as gross_variance_keur,
    cast(gross.covered_keur as decimal(18, 3)) as gross_variance_covered_keur,
    cast(gross.unexplained_lines as integer) as unexplained_lines,
    gross.largest_unexplained_line,
    if(gross.gross_keur is null, 'programme', 'product') as explanation_level
from programmes
left join results
    on
        programmes.municipality_code = results.municipality_code
        and programmes.fiscal_year = results.fiscal_year
        and programmes.programme_code = results.programme_code
left join component_sums
    on
        programmes.municipality_code = component_sums.municipality_code
        and programmes.fiscal_year = component_sums.fiscal_year
        and programmes.programme_code = component_sums.programme_code
left join gross
    on
        programmes.municipality_code = gross.municipality_code
        and programmes.fiscal_year = gross.fiscal_year
        and programmes.programme_code = gross.programme_code;

create view staging.stg_reference__reconciliation_judgements as
with source as (
    select * from staging.reconciliation_judgements
),
renamed as (
    select
        trim(identity) as identity,
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(subject) as subject,
        trim(phase) as phase,
        cast(expected_difference as decimal(18, 3)) as expected_difference,
        trim(status) as status,
        trim(explanation) as explanation,
        cast(since as date) as since,
        trim(municipality_response) as municipality_response
    from source
)
select * from renamed;

create table intermediate.int_reconciliation__judged as
-- One row per identity that is checked, with its status: what arithmetic decides, else what a
-- reviewer has judged for exactly this difference, else not reconciled.
with
terms as (
    select * from intermediate.int_reconciliation__terms
),
judgements as (
    select * from staging.stg_reference__reconciliation_judgements
),
lines as (
    select distinct
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        unnest(string_split(source_lines, ', ')) as source_line
    from terms
),
joined_lines as (
    select
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        string_agg(
            source_line, ', '
            order by cast(regexp_extract(source_line, '^\d+') as integer) asc, source_line asc
        ) as source_lines
    from lines
    group by identity, municipality_code, fiscal_year, programme_code, subject, phase
),
-- A side with a figure missing has no value; each figure may be off by half its last printed digit.
sides as (
    select
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        relation,
        unit,
        case
            when bool_and(figure_value is not null) filter (where side = 'left')
                then cast(
                    sum(factor * figure_value) filter (where side = 'left')
                    as decimal(18, 3)
                )
        end as left_value,
        case
            when bool_and(figure_value is not null) filter (where side = 'right')
                then cast(
                    sum(factor * figure_value) filter (where side = 'right')
                    as decimal(18, 3)
                )
        end as right_value,
        case
            when bool_and(figure_value is not null) filter (where side = 'bridge')
                then cast(
                    sum(factor * figure_value) filter (where side = 'bridge')
                    as decimal(18, 3)
                )
        end as bridge_value,
        cast((1) * (sum(abs(factor) * rounded_to)) / 2.0 as decimal(18, 3)) as tolerance,
        string_agg(term_name, ', ' order by seed_line) filter (where side = 'bridge')
            as bridge_item,
        any_value(source_document) as source_document
    from terms
    group by
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        relation,
        unit
),
measured as (
    select
        sides.*,
        joined_lines.source_lines,
        cast(sides.left_value - sides.right_value as decimal(18, 3)) as difference
    from sides
    inner join joined_lines
        on
            sides.identity = joined_lines.identity
            and sides.municipality_code = joined_lines.municipality_code
            and sides.fiscal_year = joined_lines.fiscal_year
            and sides.programme_code = joined_lines.programme_code
            and sides.subject = joined_lines.subject
            and sides.phase = joined_lines.phase
),
-- Whether a claimed "more" or "fewer" holds is undecidable while rounding could turn it around.
decided as (
    select
        *,
        case
            when difference is null then 'not_reconciled'
            when relation = 'equal' and difference = 0 then 'holds'
            when relation = 'equal' and abs(difference) <= tolerance then 'rounding'
            when relation = 'equal' and abs(difference - bridge_value) <= tolerance then 'bridged'
            when relation = 'greater' and difference > tolerance then 'holds'
            when relation = 'less' and difference < -tolerance then 'holds'
            when relation in ('greater', 'less') and abs(difference) <= tolerance then 'undecidable'
            else 'not_reconciled'
        end as status_decided
    from measured
)
select
    decided.identity,
    decided.municipality_code,
    decided.fiscal_year,
    decided.programme_code,
    decided.subject,
    decided.phase,
    decided.relation,
    decided.unit,
    decided.left_value,
    decided.right_value,
    decided.difference,
    decided.tolerance,
    decided.bridge_value,
    decided.bridge_item,
    decided.source_document,
    decided.source_lines,
    decided.status_decided,
    judgements.identity is not null as is_judged,
    if(
        decided.status_decided = 'not_reconciled'
        and judgements.expected_difference is not distinct from decided.difference,
        coalesce(judgements.status, decided.status_decided),
        decided.status_decided
    ) as status,
    judgements.status as status_judged,
    judgements.expected_difference,
    judgements.explanation as explanation_judged,
    judgements.since as judged_since,
    judgements.municipality_response
from decided
left join judgements
    on
        decided.identity = judgements.identity
        and decided.municipality_code = judgements.municipality_code
        and decided.fiscal_year = judgements.fiscal_year
        and decided.programme_code = judgements.programme_code
        and decided.subject = judgements.subject
        and decided.phase = judgements.phase;

create view staging.stg_cbs__iv3_categories as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/iv3_categories/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as fiscal_year,
        trim(code) as category_code,
        trim(title) as category_title,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create table marts.iv3_cells as
-- Not sorted here: millions of rows are sorted once, when they are copied into the candidate.
with
cells as (
    select * from staging.stg_cbs__iv3_cells
    where first_keur != 0 or second_keur != 0
),
deliveries as (
    select * from intermediate.int_iv3__deliveries
    where vintage is not null
),
categories as (
    select * from staging.stg_cbs__iv3_categories
)
select
    cells.municipality_code,
    cells.fiscal_year,
    deliveries.report,
    cells.taakveld_code,
    cells.category_code,
    categories.category_title as category_name,
    case
        when not regexp_full_match(cells.taakveld_code, '[0-9]+[.][0-9]+[a-z]?') then 'none'
        when regexp_matches(cells.category_code, '^L[0-9]') then 'expenses'
        when regexp_matches(cells.category_code, '^B[0-9]') then 'revenue'
        else 'none'
    end as flow,
    if(deliveries.vintage = 2, cells.second_keur, cells.first_keur) as amount_keur,
    cells.first_keur as first_publication_keur,
    cells.second_keur as second_publication_keur,
    deliveries.vintage,
    cells.source_table,
    cells.source_delivery,
    cells.source_file as source_page,
    cells.source_line
from cells
inner join deliveries
    on
        cells.municipality_code = deliveries.municipality_code
        and cells.fiscal_year = deliveries.fiscal_year
        and cells.report_suffix = deliveries.report_suffix
left join categories
    on
        cells.fiscal_year = categories.fiscal_year
        and cells.category_code = categories.category_code;

create table marts.iv3_deliveries as
with
deliveries as (
    select * from intermediate.int_iv3__deliveries
),
amounts as (
    select * from intermediate.int_iv3__taakveld_amounts
),
bundled as (
    select * from staging.stg_benchmarks__iv3_totals
),
population as (
    select * from intermediate.int_boundaries__inhabitants
    where boundary = 'as_reported'
),
totals as (
    select
        municipality_code,
        fiscal_year,
        report,
        sum(expenses_keur) filter (where taakveld_code not in ('0.10', '0.11')) as expenses_keur,
        sum(revenue_keur) filter (where taakveld_code not in ('0.10', '0.11')) as revenue_keur,
        sum(expenses_keur) - sum(revenue_keur) as closing_difference_keur
    from amounts
    group by municipality_code, fiscal_year, report
),
unioned as (
    select
        deliveries.municipality_code,
        deliveries.fiscal_year,
        deliveries.report,
        deliveries.vintage,
        totals.expenses_keur,
        totals.revenue_keur,
        totals.closing_difference_keur,
        deliveries.value_status,
        deliveries.source_table,
        deliveries.source_delivery,
        cast(null as integer) as source_line
    from deliveries
    left join totals
        on
            deliveries.municipality_code = totals.municipality_code
            and deliveries.fiscal_year = totals.fiscal_year
            and deliveries.report = totals.report
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        cast(null as decimal(18, 3)) as closing_difference_keur,
        value_status,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from bundled
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)
)
select
    unioned.municipality_code,
    unioned.fiscal_year,
    unioned.report,
    unioned.value_status not in ('not_reported', 'not_applicable') as is_delivered,
    unioned.vintage,
    cast(unioned.expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(unioned.revenue_keur as decimal(18, 3)) as revenue_keur,
    cast(unioned.expenses_keur - unioned.revenue_keur as decimal(18, 3)) as net_cost_keur,
    cast(unioned.closing_difference_keur as decimal(18, 3)) as closing_difference_keur,
    population.inhabitants,
    cast(
        round(
            unioned.expenses_keur * 1000.0 / nullif(population.inhabitants, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_eur_per_inhabitant,
    unioned.value_status,
    unioned.source_table,
    unioned.source_delivery,
    unioned.source_line,
    population.inhabitants_source
from unioned
left join population
    on
        unioned.municipality_code = population.municipality_code
        and unioned.fiscal_year = population.fiscal_year
        and unioned.report = population.report
order by unioned.municipality_code, unioned.fiscal_year, unioned.report;

create table marts.municipality_changes as
with
changes as (
    select * from staging.stg_reference__boundary_changes
)
select
    predecessor_code,
    successor_code,
    effective_date,
    kind,
    weight,
    weight_basis,
    source,
    note
from changes
order by predecessor_code, successor_code;

create table marts.municipality_comparison as
-- Not sorted here: twelve million wide rows are sorted once, when they are copied into the
-- candidate.
with
placed as (
    select * from intermediate.int_comparison__places
),
cautions as (
    select * from intermediate.int_comparison__cautions
),
members as (
    select * from intermediate.int_peers__members
),
municipalities as (
    select * from intermediate.int_peers__municipalities
),
peer_groups as (
    select * from intermediate.int_peers__groups
),
indicators as (
    select * from marts.dim_indicator
),
peers as (
    select * from intermediate.int_comparison__peers
),
pools as (
    select * from intermediate.int_peers__pools
),
group_sizes as (
    select
        peer_group_code,
        boundary,
        fiscal_year,
        cast(count(*) as integer) as members_n
    from members
    group by peer_group_code, boundary, fiscal_year
),
-- `own_n` is 1 where the municipality's own value is among those of the group.
held as (
    select
        placed.municipality_code,
        placed.fiscal_year,
        placed.report,
        placed.measure_code,
        placed.boundary,
        placed.peer_group_code,
        placed.numerator_keur,
        placed.people,
        placed.value,
        placed.value_status,
        placed.reason,
        placed.comparability,
        placed.lower_n,
        if(placed.value is null, 0, placed.own_n) as own_n,
        group_sizes.members_n - placed.own_n as peers_total,
        peers.n,
        peers.value_sum,
        peers.numerator_sum,
        peers.people_sum,
        peers.p25,
        peers.median,
        peers.p75,
        peers.q1_a,
        peers.q1_b,
        peers.q1_c,
        peers.q2_a,
        peers.q2_b,
        peers.q2_c,
        peers.q3_a,
        peers.q3_b,
        peers.q3_c,
        peers.sorted_neighbours
    from placed
    inner join group_sizes
        on
            placed.peer_group_code = group_sizes.peer_group_code
            and placed.boundary = group_sizes.boundary
            and placed.fiscal_year = group_sizes.fiscal_year
    left join peers
        on
            placed.peer_group_code = peers.peer_group_code
            and placed.boundary = peers.boundary
            and placed.fiscal_year = peers.fiscal_year
            and placed.report = peers.report
            and placed.measure_code = peers.measure_code
),
spread as (
    select
        municipality_code,
        fiscal_year,
        report,
        measure_code,
        boundary,
        peer_group_code,
        numerator_keur,
        people,
        value,
        value_status,
        reason,
        comparability,
        peers_total,
        coalesce(n, 0) - own_n as peers_n,
        cast(
            if(own_n = 1, if(value <= q1_a, q1_b, q1_a) + coalesce(((n - 2) * 1 % 4) * 0.25 * (if(value <= q1_b, q1_c, q1_b) - if(value <= q1_a, q1_b, q1_a)), 0), p25)
            as decimal(18, 6)
        ) as peer_p25,
        cast(
            if(own_n = 1, if(value <= q2_a, q2_b, q2_a) + coalesce(((n - 2) * 2 % 4) * 0.25 * (if(value <= q2_b, q2_c, q2_b) - if(value <= q2_a, q2_b, q2_a)), 0), median)
            as decimal(18, 6)
        ) as peer_median,
        cast(
            if(own_n = 1, if(value <= q3_a, q3_b, q3_a) + coalesce(((n - 2) * 3 % 4) * 0.25 * (if(value <= q3_b, q3_c, q3_b) - if(value <= q3_a, q3_b, q3_a)), 0), p75)
            as decimal(18, 6)
        ) as peer_p75,
        (numerator_sum - if(own_n = 1, numerator_keur, 0)) * 1000
        / nullif(people_sum - if(own_n = 1, people, 0), 0) as peer_mean_weighted,
        (value_sum - if(own_n = 1, value, 0)) / nullif(n - own_n, 0) as peer_mean_unweighted,
        if(
            value is not null and n - own_n >= 10 and n - own_n >= 0.8 * peers_total,
            coalesce(
                len(list_filter(sorted_neighbours, lambda peer: peer < value)), lower_n
            ) * 100 / (n - own_n),
            null
        ) as percentile
    from held
),
judged as (
    select
        spread.*,
        indicators.indicator_name as measure_name,
        indicators.unit,
        indicators.direction,
        indicators.side,
        indicators.denominator,
        indicators.price_basis,
        case
            when
                spread.value is null
                or spread.peers_n = 0
                or spread.comparability = 'not_comparable'
                or cautions.comparability = 'not_comparable'
                then 'not_comparable'
            when
                spread.comparability = 'caution'
                or cautions.comparability = 'caution'
                or spread.value_status in ('estimated', 'provisional')
                or pools.is_narrow
                or spread.peers_n < 0.8 * spread.peers_total
                then 'caution'
            else 'comparable'
        end as verdict,
        concat_ws(
            '; ',
            if(
                spread.value is null,
                concat('Geen waarde: ', case spread.value_status
        when 'reported' then 'aangeleverd'
        when 'provisional' then 'voorlopig'
        when 'estimated' then 'geraamd (verdeelsleutel)'
        when 'partially_reported' then 'deels aangeleverd'
        when 'not_reported' then 'niet aangeleverd'
        when 'not_published' then 'niet gepubliceerd'
        when 'not_captured' then 'niet in onze kopie'
        when 'not_measured' then 'niet gemeten'
        when 'not_applicable' then 'niet van toepassing'
        when 'not_recomputable' then 'niet herrekenbaar'
        when 'suppressed' then 'afgeschermd'
    end),
                null
            ),
            spread.reason,
            cautions.reasons,
            case spread.value_status
                when 'estimated' then 'Geraamd met een verdeelsleutel'
                when 'provisional' then 'Voorlopig: alleen de eerste publicatie'
            end,
            case
                when spread.peers_n = 0 then 'Geen andere gemeente in de groep heeft een waarde'
                when spread.peers_n < 0.8 * spread.peers_total
                    then concat(
                        'Van ', spread.peers_n, ' van de ', spread.peers_total,
                        ' andere gemeenten in de groep is er een waarde'
                    )
            end,
            if(
                pools.is_narrow,
                concat(
                    'Buren gekozen uit ', pools.candidates_n, ' van de ', pools.municipalities_n,
                    ' gemeenten: van de andere zijn niet alle kenmerken bekend'
                ),
                null
            )
        ) as reasons
    from spread
    left join pools
        on
            spread.boundary = pools.boundary
            and spread.fiscal_year = pools.fiscal_year
            and starts_with(spread.peer_group_code, 'nearest_')
    inner join indicators on spread.measure_code = indicators.indicator_code
    left join cautions
        on
            spread.boundary = cautions.boundary
            and spread.municipality_code = cautions.municipality_code
            and spread.fiscal_year = cautions.fiscal_year
            and spread.report = cautions.report
            and indicators.subject_kind = cautions.subject_kind
            and indicators.subject_code = cautions.subject_code
            and indicators.denominator = cautions.denominator
)
select
    judged.municipality_code,
    judged.fiscal_year,
    judged.report,
    judged.measure_code,
    judged.boundary,
    judged.peer_group_code,
    municipalities.municipality_name,
    judged.measure_name,
    judged.unit,
    judged.direction,
    judged.side,
    judged.denominator,
    judged.price_basis,
    judged.value,
    judged.value_status,
    peer_groups.peer_group_name,
    cast(judged.peers_total as integer) as peers_total,
    cast(judged.peers_n as integer) as peers_n,
    judged.peer_p25,
    judged.peer_median,
    judged.peer_p75,
    cast(judged.peer_mean_weighted as decimal(18, 6)) as peer_mean_weighted,
    cast(judged.peer_mean_unweighted as decimal(18, 6)) as peer_mean_unweighted,
    cast(judged.percentile as decimal(18, 6)) as percentile,
    cast(judged.value - judged.peer_median as decimal(18, 6)) as difference_from_median,
    cast(
        (judged.value - judged.peer_median) * 100 / nullif(abs(judged.peer_median), 0)
        as decimal(18, 6)
    ) as difference_pct,
    judged.verdict as comparability,
    nullif(judged.reasons, '') as comparability_reasons,
    judged.numerator_keur,
    judged.people
from judged
left join municipalities
    on
        judged.boundary = municipalities.boundary
        and judged.fiscal_year = municipalities.fiscal_year
        and judged.municipality_code = municipalities.municipality_code
left join peer_groups on judged.peer_group_code = peer_groups.peer_group_code;

create table marts.national_events as
with
events as (
    select * from staging.stg_reference__distorting_events
)
select
    event_code,
    taakveld_code,
    make_date(valid_from_year, 1, 1) as valid_from,
    make_date(valid_to_year, 12, 31) as valid_to,
    make_date(first_budget_year, 1, 1) as in_budgets_from,
    event_name,
    effect,
    source
from events
order by event_code, taakveld_code;

create table marts.nearest_neighbours as
with
neighbours as (
    select * from intermediate.int_peers__neighbours
),
municipalities as (
    select * from intermediate.int_peers__municipalities
    where boundary = 'as_reported'
),
chosen as (
    select * from neighbours
    where left_out = 'none'
),
themes as (
    select count(distinct left_out) as themes_n from neighbours
    where left_out != 'none'
),
-- In which share of the choices that do without one theme a neighbour is among the ten.
kept as (
    select
        neighbours.municipality_code,
        neighbours.fiscal_year,
        neighbours.neighbour_code,
        count(*) / any_value(themes.themes_n) as stability
    from neighbours
    cross join themes
    where neighbours.left_out != 'none'
    group by neighbours.municipality_code, neighbours.fiscal_year, neighbours.neighbour_code
)
select
    chosen.municipality_code,
    chosen.fiscal_year,
    chosen.neighbour_rank,
    chosen.neighbour_code,
    municipalities.municipality_name as neighbour_name,
    chosen.distance,
    chosen.main_difference,
    cast(round(coalesce(kept.stability, 0), 4) as decimal(18, 4)) as stability,
    chosen.feature_year
from chosen
left join kept
    on
        chosen.municipality_code = kept.municipality_code
        and chosen.fiscal_year = kept.fiscal_year
        and chosen.neighbour_code = kept.neighbour_code
left join municipalities
    on
        chosen.fiscal_year = municipalities.fiscal_year
        and chosen.neighbour_code = municipalities.municipality_code
order by chosen.municipality_code, chosen.fiscal_year, chosen.neighbour_rank;

create table marts.neighbour_features as
with
standardised as (
    select * from intermediate.int_peers__standardised
)
select
    municipality_code,
    fiscal_year,
    feature,
    feature_name,
    theme,
    weight,
    value,
    standard_score,
    feature_year,
    source
from standardised
order by municipality_code, fiscal_year, feature;

create table marts.overhead_sensitivity as
with
measured as (
    select * from intermediate.int_comparison__values
    where subject_kind = 'cluster' and denominator = 'inhabitants' and value is not null
),
plain as (
    select * from measured
    where measure_code = concat('iv3_expenses_cluster_', subject_code)
),
spread as (
    select * from measured
    where measure_code = concat('iv3_expenses_cluster_', subject_code, '_with_overhead')
),
placed as (
    select
        plain.municipality_code,
        plain.fiscal_year,
        plain.report,
        plain.boundary,
        plain.subject_code as cluster_code,
        plain.value as expenses_eur_per_inhabitant,
        spread.value as expenses_with_overhead_eur_per_inhabitant,
        rank() over (in_its_group order by plain.value desc) as place,
        rank() over (in_its_group order by spread.value desc) as place_with_overhead,
        count(*) over in_its_group as places_n
    from plain
    inner join spread
        on
            plain.boundary = spread.boundary
            and plain.municipality_code = spread.municipality_code
            and plain.fiscal_year = spread.fiscal_year
            and plain.report = spread.report
            and plain.subject_code = spread.subject_code
    window
        in_its_group as (
            partition by plain.boundary, plain.fiscal_year, plain.report, plain.subject_code
        )
)
select
    municipality_code,
    fiscal_year,
    report,
    boundary,
    cluster_code,
    cast(expenses_eur_per_inhabitant as decimal(18, 2)) as expenses_eur_per_inhabitant,
    cast(expenses_with_overhead_eur_per_inhabitant as decimal(18, 2))
        as expenses_with_overhead_eur_per_inhabitant,
    cast(place as integer) as place,
    cast(place_with_overhead as integer) as place_with_overhead,
    cast(abs(place - place_with_overhead) as integer) as places_shifted,
    cast(places_n as integer) as places_n
from placed
order by municipality_code, fiscal_year, report, boundary, cluster_code;

create table marts.peer_group_members as
with
members as (
    select * from intermediate.int_peers__members
)
select
    peer_group_code,
    fiscal_year,
    boundary,
    municipality_code
from members
order by peer_group_code, fiscal_year, boundary, municipality_code;

create table marts.programme_finance as
with
finance_lines as (
    select * from intermediate.int_accounts__finance_lines
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    is_total,
    original_budget_keur,
    final_budget_keur,
    actual_keur,
    variance_keur,
    value_status,
    source_document,
    source_line,
    source_sha256
from finance_lines
where flow in ('expenses', 'revenue', 'transfer_to_reserves', 'transfer_from_reserves')
order by municipality_code, fiscal_year, programme_code, line_item, flow;

create table marts.programme_results as
with
programmes as (
    select * from staging.stg_accounts__programmes
),
cells as (
    select * from intermediate.int_accounts__finance_cells
),
explained as (
    select * from intermediate.int_programmes__variance_explained
),
coverage as (
    select * from intermediate.int_programmes__indicator_coverage
),
action_points as (
    select * from staging.stg_accounts__action_points
),
judged as (
    select * from intermediate.int_reconciliation__judged
),
municipalities as (
    select * from staging.stg_reference__municipalities
),
population as (
    select * from intermediate.int_population__inhabitants
),
-- Totals and net rows exactly as printed: one cell per flow and phase.
totals as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        max(amount_keur) filter (where flow = 'expenses' and phase = 'original_budget')
            as expenses_original_budget_keur,
        max(amount_keur) filter (where flow = 'expenses' and phase = 'final_budget')
            as expenses_final_budget_keur,
        max(amount_keur) filter (where flow = 'expenses' and phase = 'actual')
            as expenses_actual_keur,
        max(amount_keur) filter (where flow = 'expenses' and phase = 'variance')
            as expenses_variance_keur,
        max(amount_keur) filter (where flow = 'revenue' and phase = 'original_budget')
            as revenue_original_budget_keur,
        max(amount_keur) filter (where flow = 'revenue' and phase = 'final_budget')
            as revenue_final_budget_keur,
        max(amount_keur) filter (where flow = 'revenue' and phase = 'actual')
            as revenue_actual_keur,
        max(amount_keur) filter (where flow = 'revenue' and phase = 'variance')
            as revenue_variance_keur,
        max(amount_keur) filter (where flow = 'net_cost' and phase = 'original_budget')
            as net_cost_original_budget_keur,
        max(amount_keur) filter (where flow = 'net_cost' and phase = 'final_budget')
            as net_cost_final_budget_keur,
        max(amount_keur) filter (where flow = 'net_cost' and phase = 'actual')
            as net_cost_actual_keur,
        max(amount_keur) filter (where flow = 'net_cost' and phase = 'variance')
            as net_cost_variance_keur,
        max(amount_keur) filter (where flow = 'transfer_to_reserves' and phase = 'original_budget')
            as transfer_to_reserves_original_budget_keur,
        max(amount_keur) filter (where flow = 'transfer_to_reserves' and phase = 'final_budget')
            as transfer_to_reserves_final_budget_keur,
        max(amount_keur) filter (where flow = 'transfer_to_reserves' and phase = 'actual')
            as transfer_to_reserves_actual_keur,
        max(amount_keur) filter (where flow = 'transfer_to_reserves' and phase = 'variance')
            as transfer_to_reserves_variance_keur,
        max(amount_keur) filter (where flow = 'transfer_from_reserves' and phase = 'original_budget')
            as transfer_from_reserves_original_budget_keur,
        max(amount_keur) filter (where flow = 'transfer_from_reserves' and phase = 'final_budget')
            as transfer_from_reserves_final_budget_keur,
        max(amount_keur) filter (where flow = 'transfer_from_reserves' and phase = 'actual')
            as transfer_from_reserves_actual_keur,
        max(amount_keur) filter (where flow = 'transfer_from_reserves' and phase = 'variance')
            as transfer_from_reserves_variance_keur,
        max(amount_keur) filter (where flow = 'net_reserve_movement' and phase = 'original_budget')
            as net_reserve_movement_original_budget_keur,
        max(amount_keur) filter (where flow = 'net_reserve_movement' and phase = 'final_budget')
            as net_reserve_movement_final_budget_keur,
        max(amount_keur) filter (where flow = 'net_reserve_movement' and phase = 'actual')
            as net_reserve_movement_actual_keur,
        max(amount_keur) filter (where flow = 'net_reserve_movement' and phase = 'variance')
            as net_reserve_movement_variance_keur,
        max(amount_keur) filter (where flow = 'net_cost_after_reserves' and phase = 'original_budget')
            as net_cost_after_reserves_original_budget_keur,
        max(amount_keur) filter (where flow = 'net_cost_after_reserves' and phase = 'final_budget')
            as net_cost_after_reserves_final_budget_keur,
        max(amount_keur) filter (where flow = 'net_cost_after_reserves' and phase = 'actual')
            as net_cost_after_reserves_actual_keur,
        max(amount_keur) filter (where flow = 'net_cost_after_reserves' and phase = 'variance')
            as net_cost_after_reserves_variance_keur,
        count(*) as printed_cells
    from cells
    where is_total
    group by municipality_code, fiscal_year, programme_code
),
action_point_counts as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        cast(count(*) as integer) as action_points_total,
        cast(count(*) filter (where carried_over) as integer) as action_points_carried_over
    from action_points
    group by municipality_code, fiscal_year, programme_code
),
quality as (
    select
        municipality_code,
        fiscal_year,
        programme_code,
        case
            when bool_or(status = 'not_reconciled') then 'fail'
            when bool_or(status in ('contradiction', 'scope_differs', 'undecidable')) then 'warn'
            else 'pass'
        end as dq_status
    from judged
    group by municipality_code, fiscal_year, programme_code
)
select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    municipalities.municipality_name,
    programmes.programme_name,
    programmes.portfolio_holder,
    programmes.document_type,
    programmes.document_status,
    totals.expenses_original_budget_keur,
    totals.expenses_final_budget_keur,
    totals.expenses_actual_keur,
    totals.expenses_variance_keur,
    totals.revenue_original_budget_keur,
    totals.revenue_final_budget_keur,
    totals.revenue_actual_keur,
    totals.revenue_variance_keur,
    totals.net_cost_original_budget_keur,
    totals.net_cost_final_budget_keur,
    totals.net_cost_actual_keur,
    totals.net_cost_variance_keur,
    totals.transfer_to_reserves_original_budget_keur,
    totals.transfer_to_reserves_final_budget_keur,
    totals.transfer_to_reserves_actual_keur,
    totals.transfer_to_reserves_variance_keur,
    totals.transfer_from_reserves_original_budget_keur,
    totals.transfer_from_reserves_final_budget_keur,
    totals.transfer_from_reserves_actual_keur,
    totals.transfer_from_reserves_variance_keur,
    totals.net_reserve_movement_original_budget_keur,
    totals.net_reserve_movement_final_budget_keur,
    totals.net_reserve_movement_actual_keur,
    totals.net_reserve_movement_variance_keur,
    totals.net_cost_after_reserves_original_budget_keur,
    totals.net_cost_after_reserves_final_budget_keur,
    totals.net_cost_after_reserves_actual_keur,
    totals.net_cost_after_reserves_variance_keur,
    -- greatest() would take a missing figure for zero.
    cast(
        case
            when
                totals.transfer_to_reserves_actual_keur
                < totals.transfer_to_reserves_final_budget_keur
                then 0
            else
                totals.transfer_to_reserves_actual_keur
                - totals.transfer_to_reserves_final_budget_keur
        end as decimal(18, 3)
    ) as transfer_to_reserves_beyond_budget_keur,
    explained.explained_variance_keur,
    explained.unexplained_variance_keur,
    explained.gross_variance_keur,
    explained.gross_variance_covered_keur,
    explained.unexplained_lines,
    explained.largest_unexplained_line,
    explained.explanation_level,
    coverage.indicators_own,
    coverage.indicators_statutory,
    coverage.indicators_met,
    coverage.indicators_missed,
    coverage.indicators_undecided,
    coverage.indicators_without_verdict,
    coverage.expenses_without_indicator_pct,
    action_point_counts.action_points_total,
    action_point_counts.action_points_carried_over,
    population.inhabitants,
    quality.dq_status
from programmes
left join municipalities
    on
        programmes.municipality_code = municipalities.municipality_code
        and make_date(programmes.fiscal_year, 12, 31) >= municipalities.valid_from
        and make_date(programmes.fiscal_year, 12, 31)
        <= coalesce(municipalities.valid_to, date '9999-12-31')
left join totals
    on
        programmes.municipality_code = totals.municipality_code
        and programmes.fiscal_year = totals.fiscal_year
        and programmes.programme_code = totals.programme_code
left join explained
    on
        programmes.municipality_code = explained.municipality_code
        and programmes.fiscal_year = explained.fiscal_year
        and programmes.programme_code = explained.programme_code
left join coverage
    on
        programmes.municipality_code = coverage.municipality_code
        and programmes.fiscal_year = coverage.fiscal_year
        and programmes.programme_code = coverage.programme_code
left join action_point_counts
    on
        programmes.municipality_code = action_point_counts.municipality_code
        and programmes.fiscal_year = action_point_counts.fiscal_year
        and programmes.programme_code = action_point_counts.programme_code
left join population
    on
        programmes.municipality_code = population.municipality_code
        and programmes.fiscal_year = population.fiscal_year
left join quality
    on
        programmes.municipality_code = quality.municipality_code
        and programmes.fiscal_year = quality.fiscal_year
        and programmes.programme_code = quality.programme_code
order by programmes.municipality_code, programmes.fiscal_year, programmes.programme_code;

create table marts.taakveld_spending as
with
amounts as (
    select * from intermediate.int_boundaries__amounts
    where level = 'taakveld' and boundary = 'as_reported'
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
population as (
    select * from intermediate.int_boundaries__inhabitants
    where boundary = 'as_reported'
),
prices as (
    select * from intermediate.int_prices__index
)
select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.taakveld_code,
    amounts.vintage,
    coalesce(
        taakvelden.taakveld_name,
        trim(replace(amounts.taakveld_title, amounts.taakveld_code || ' ', '')),
        amounts.taakveld_code
    ) as taakveld_name,
    taakvelden.cluster_code as taakveld_cluster,
    amounts.expenses_keur,
    amounts.revenue_keur,
    cast(amounts.expenses_keur - amounts.revenue_keur as decimal(18, 3)) as net_cost_keur,
    population.inhabitants,
    cast(
        round(
            if(amounts.value_status = 'partially_reported', null, amounts.expenses_keur) * 1000.0 / nullif(population.inhabitants, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_eur_per_inhabitant,
    cast(
        round(
            if(amounts.value_status = 'partially_reported', null, amounts.expenses_keur) * 1000.0 / nullif(population.inhabitants, 0) * 100.0 / nullif(prices.price_index, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    amounts.value_status,
    amounts.revenue_status,
    amounts.source_table,
    amounts.source_delivery,
    amounts.source_line,
    population.inhabitants_source,
    prices.price_index_source
from amounts
left join taakvelden
    on
        amounts.taakveld_code = taakvelden.taakveld_code
        and amounts.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join prices on amounts.fiscal_year = prices.price_year
order by amounts.municipality_code, amounts.fiscal_year, amounts.report, amounts.taakveld_code;

create table marts.programme_taakveld_bridge as
with
products as (
    select * from intermediate.int_programmes__products_allocated
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
-- Actuals bridge to the accounts that the municipality delivered as Iv3, to no other report.
spending as (
    select * from marts.taakveld_spending
    where report = 'accounts'
)
select
    products.municipality_code,
    products.fiscal_year,
    products.programme_code,
    products.product_name,
    products.taakveld_code,
    products.flow,
    case products.taakveld_code
        when 'unmapped' then 'Niet gekoppeld aan een taakveld'
        else taakvelden.taakveld_name
    end as taakveld_name,
    products.weight,
    products.weight_basis,
    products.weight_fitted_on_iv3,
    products.product_keur,
    products.allocated_keur,
    if(products.weight_basis = 'estimate', 'estimated', 'reported') as value_status,
    if(products.flow = 'expenses', spending.expenses_keur, spending.revenue_keur) as iv3_keur,
    case
        when products.taakveld_code = 'unmapped' then 'not_applicable'
        when spending.taakveld_code is null then 'not_captured'
        when products.flow = 'expenses' then spending.value_status
        else spending.revenue_status
    end as iv3_status,
    products.explanation,
    products.weight_source,
    products.source_document,
    products.source_line
from products
left join taakvelden
    on
        products.taakveld_code = taakvelden.taakveld_code
        and products.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join spending
    on
        products.municipality_code = spending.municipality_code
        and products.fiscal_year = spending.fiscal_year
        and products.taakveld_code = spending.taakveld_code
order by
    products.municipality_code,
    products.fiscal_year,
    products.programme_code,
    products.product_name,
    products.taakveld_code,
    products.flow;

create table marts.reconciliation as
with
judged as (
    select * from intermediate.int_reconciliation__judged
)
select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    if(unit = 'keur', left_value, null) as left_keur,
    if(unit = 'keur', right_value, null) as right_keur,
    if(unit = 'keur', difference, null) as difference_keur,
    if(unit = 'keur', null, left_value) as left_value,
    if(unit = 'keur', null, right_value) as right_value,
    unit,
    if(unit = 'keur', null, difference) as difference_value,
    relation,
    if(unit = 'keur', tolerance, null) as tolerance_keur,
    if(unit = 'keur', null, tolerance) as tolerance_value,
    status,
    case status
        when 'holds' then 'sluit aan'
        when 'rounding' then 'sluit aan op afronding na'
        when 'bridged' then 'sluit aan met benoemde post'
        when 'undecidable' then 'te grof afgerond om te toetsen'
        when 'scope_differs' then 'mogelijk niet dezelfde afbakening'
        when 'not_reconciled' then 'niet aansluitend op basis van dit document'
        when 'contradiction' then 'bron spreekt zichzelf tegen'
    end as status_label,
    coalesce(
        explanation_judged,
        case status
            when 'rounding'
                then
                    'Binnen de afronding: elk gedrukt cijfer kan een halve eenheid afwijken, samen '
                    || translate(rtrim(rtrim(format('{:,.3f}', cast(tolerance as double)), '0'), '.'), ',.', '.,') || if(unit = 'keur', ' x € 1.000', ' ' || unit)
            when 'undecidable'
                then
                    'Te grof afgerond om te toetsen: samen kan het '
                    || translate(rtrim(rtrim(format('{:,.3f}', cast(tolerance as double)), '0'), '.'), ',.', '.,') || if(unit = 'keur', ' x € 1.000', ' ' || unit)
                    || ' schelen'
            when 'bridged'
                then
                    'De post ' || bridge_item || ' (' || translate(rtrim(rtrim(format('{:,.3f}', cast(bridge_value as double)), '0'), '.'), ',.', '.,')
                    || ' x € 1.000) staat wel in de tabel en niet in de doelenboom'
        end
    ) as explanation,
    source_document,
    source_lines,
    municipality_response
from judged
order by identity, municipality_code, fiscal_year, programme_code, subject, phase;

create table marts.source_facts as
with
population as (
    select * from intermediate.int_population__inhabitants
),
prices as (
    select * from intermediate.int_prices__index
),
key_figures as (
    select * from staging.stg_cbs__key_figures
    where region_kind = 'Gemeente'
),
facts as (
    select
        inhabitants_source as source,
        'inhabitants' as variable,
        'population' as dataset,
        municipality_code,
        cast(null as varchar) as subject_code,
        cast(fiscal_year as varchar) as period,
        inhabitants as value,
        cast(null as varchar) as value_text,
        'reported' as value_status,
        source_document
    from population
    union all
    select
        price_index_source as source,
        'price_index' as variable,
        'cpi' as dataset,
        cast(null as varchar) as municipality_code,
        cast(null as varchar) as subject_code,
        cast(price_year as varchar) as period,
        price_index as value,
        concat(price_base_year, ' = 100') as value_text,
        value_status,
        source as source_document
    from prices
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        'inhabitants' as variable,
        'key_figures' as dataset,
        municipality_code,
        'inhabitants' as subject_code,
        cast(reference_year as varchar) as period,
        inhabitants as value,
        cast(null as varchar) as value_text,
        if(inhabitants is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        'address_density' as variable,
        'key_figures' as dataset,
        municipality_code,
        'address_density' as subject_code,
        cast(reference_year as varchar) as period,
        address_density as value,
        cast(null as varchar) as value_text,
        if(address_density is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        'aged_0_14' as variable,
        'key_figures' as dataset,
        municipality_code,
        'aged_0_14' as subject_code,
        cast(reference_year as varchar) as period,
        aged_0_14 as value,
        cast(null as varchar) as value_text,
        if(aged_0_14 is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        'aged_65_plus' as variable,
        'key_figures' as dataset,
        municipality_code,
        'aged_65_plus' as subject_code,
        cast(reference_year as varchar) as period,
        aged_65_plus as value,
        cast(null as varchar) as value_text,
        if(aged_65_plus is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    union all
    select
        concat_ws(
            ':',
            'raw/cbs/key_figures/' || source_table || '.parquet',
            source_delivery,
            source_file,
            source_line
        ) as source,
        'social_assistance_recipients' as variable,
        'key_figures' as dataset,
        municipality_code,
        'social_assistance_recipients' as subject_code,
        cast(reference_year as varchar) as period,
        social_assistance_recipients as value,
        cast(null as varchar) as value_text,
        if(social_assistance_recipients is null, 'not_published', 'reported') as value_status,
        'CBS ' || source_table as source_document
    from key_figures
    union all
    select
        concat('${SEEDS}/benchmarks/iv3_amounts.parquet:', seed_line) as source,
        'expenses_keur' as variable,
        'iv3_amounts' as dataset,
        municipality_code as municipality_code,
        cast(taakveld_code as varchar) as subject_code,
        cast(cbs_period as varchar) as period,
        expenses_keur as value,
        cast(null as varchar) as value_text,
        value_status as value_status,
        'CBS ' || cbs_table as source_document
    from staging.stg_benchmarks__iv3_amounts
    union all
    select
        concat('${SEEDS}/benchmarks/iv3_amounts.parquet:', seed_line) as source,
        'revenue_keur' as variable,
        'iv3_amounts' as dataset,
        municipality_code as municipality_code,
        cast(taakveld_code as varchar) as subject_code,
        cast(cbs_period as varchar) as period,
        revenue_keur as value,
        cast(null as varchar) as value_text,
        revenue_status as value_status,
        'CBS ' || cbs_table as source_document
    from staging.stg_benchmarks__iv3_amounts
    union all
    select
        concat('${SEEDS}/benchmarks/iv3_totals.parquet:', seed_line) as source,
        'expenses_keur' as variable,
        'iv3_totals' as dataset,
        municipality_code as municipality_code,
        cast('total' as varchar) as subject_code,
        cast(cbs_period as varchar) as period,
        expenses_keur as value,
        cast(null as varchar) as value_text,
        value_status as value_status,
        'CBS ' || cbs_table as source_document
    from staging.stg_benchmarks__iv3_totals
    union all
    select
        concat('${SEEDS}/benchmarks/iv3_totals.parquet:', seed_line) as source,
        'revenue_keur' as variable,
        'iv3_totals' as dataset,
        municipality_code as municipality_code,
        cast('total' as varchar) as subject_code,
        cast(cbs_period as varchar) as period,
        revenue_keur as value,
        cast(null as varchar) as value_text,
        value_status as value_status,
        'CBS ' || cbs_table as source_document
    from staging.stg_benchmarks__iv3_totals
    union all
    select
        concat('${SEEDS}/benchmarks/population_aged_0_17.parquet:', seed_line) as source,
        'inhabitants_aged_0_17' as variable,
        'population_aged_0_17' as dataset,
        municipality_code as municipality_code,
        cast(null as varchar) as subject_code,
        cast(year(reference_date) as varchar) as period,
        inhabitants_aged_0_17 as value,
        cast(null as varchar) as value_text,
        value_status as value_status,
        source as source_document
    from staging.stg_benchmarks__population_aged_0_17
    union all
    select
        concat('${SEEDS}/benchmarks/structural_features.parquet:', seed_line) as source,
        'value' as variable,
        'structural_features' as dataset,
        municipality_code as municipality_code,
        cast(feature as varchar) as subject_code,
        cast(reference_year as varchar) as period,
        value as value,
        cast(value_text as varchar) as value_text,
        if(value is null, 'not_published', 'reported') as value_status,
        source as source_document
    from staging.stg_benchmarks__structural_features
    union all
    select
        concat('${SEEDS}/benchmarks/statutory_values.csv:', seed_line) as source,
        'value' as variable,
        'statutory_values' as dataset,
        area_code as municipality_code,
        cast(indicator_code as varchar) as subject_code,
        cast(concat_ws(' ', fiscal_year, kind) as varchar) as period,
        value as value,
        cast(unit as varchar) as value_text,
        value_status as value_status,
        address as source_document
    from staging.stg_benchmarks__statutory_values
    union all
    select
        concat('${SEEDS}/benchmarks/financial_ratios.parquet:', seed_line) as source,
        'value' as variable,
        'financial_ratios' as dataset,
        municipality_code as municipality_code,
        cast(ratio_code as varchar) as subject_code,
        cast(figure_year as varchar) as period,
        value as value,
        cast(figure_kind as varchar) as value_text,
        value_status as value_status,
        source as source_document
    from staging.stg_benchmarks__financial_ratios
    union all
    select
        concat('${SEEDS}/reference/boundary_changes.csv:', seed_line) as source,
        'weight' as variable,
        'boundary_changes' as dataset,
        cast(predecessor_code as varchar) as municipality_code,
        cast(successor_code as varchar) as subject_code,
        cast(effective_date as varchar) as period,
        weight as value,
        cast(weight_basis as varchar) as value_text,
        if(weight is null and weight_basis is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__boundary_changes
    union all
    select
        concat('${SEEDS}/reference/financial_ratio_definitions.csv:', seed_line) as source,
        'plausible_from' as variable,
        'financial_ratio_definitions' as dataset,
        cast(null as varchar) as municipality_code,
        cast(ratio_code as varchar) as subject_code,
        cast(null as varchar) as period,
        plausible_from as value,
        cast(null as varchar) as value_text,
        if(plausible_from is null and null is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__financial_ratio_definitions
    union all
    select
        concat('${SEEDS}/reference/financial_ratio_definitions.csv:', seed_line) as source,
        'plausible_to' as variable,
        'financial_ratio_definitions' as dataset,
        cast(null as varchar) as municipality_code,
        cast(ratio_code as varchar) as subject_code,
        cast(null as varchar) as period,
        plausible_to as value,
        cast(null as varchar) as value_text,
        if(plausible_to is null and null is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__financial_ratio_definitions
    union all
    select
        concat('${SEEDS}/reference/municipality_regions.csv:', seed_line) as source,
        'centre_code' as variable,
        'municipality_regions' as dataset,
        cast(municipality_code as varchar) as municipality_code,
        cast(region_kind as varchar) as subject_code,
        cast(division_year as varchar) as period,
        null as value,
        cast(centre_code as varchar) as value_text,
        if(null is null and centre_code is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__municipality_regions
    union all
    select
        concat('${SEEDS}/reference/peer_features.csv:', seed_line) as source,
        'weight' as variable,
        'peer_features' as dataset,
        cast(null as varchar) as municipality_code,
        cast(feature as varchar) as subject_code,
        cast(null as varchar) as period,
        weight as value,
        cast(scale as varchar) as value_text,
        if(weight is null and scale is null, 'not_applicable', 'reported')
            as value_status,
        '${SEEDS}/reference/peer_features.csv' as source_document
    from staging.stg_reference__peer_features
    union all
    select
        concat('${SEEDS}/reference/product_taakvelden.csv:', seed_line) as source,
        'weight' as variable,
        'product_taakvelden' as dataset,
        cast(municipality_code as varchar) as municipality_code,
        cast(concat_ws('/', programme_code, product_name, taakveld_code) as varchar) as subject_code,
        cast(fiscal_year as varchar) as period,
        weight as value,
        cast(weight_basis as varchar) as value_text,
        if(weight is null and weight_basis is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__product_taakvelden
    union all
    select
        concat('${SEEDS}/reference/statutory_units.csv:', seed_line) as source,
        'factor' as variable,
        'statutory_units' as dataset,
        cast(null as varchar) as municipality_code,
        cast(indicator_code as varchar) as subject_code,
        cast(null as varchar) as period,
        factor as value,
        cast(unit_printed as varchar) as value_text,
        if(factor is null and unit_printed is null, 'not_applicable', 'reported')
            as value_status,
        '${SEEDS}/reference/statutory_units.csv' as source_document
    from staging.stg_reference__statutory_units
    union all
    select
        concat('${SEEDS}/reference/structure_classes.csv:', seed_line) as source,
        'social_structure' as variable,
        'structure_classes' as dataset,
        cast(municipality_code as varchar) as municipality_code,
        cast(null as varchar) as subject_code,
        cast(division_year as varchar) as period,
        null as value,
        cast(social_structure as varchar) as value_text,
        if(null is null and social_structure is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__structure_classes
    union all
    select
        concat('${SEEDS}/reference/structure_classes.csv:', seed_line) as source,
        'centre_function' as variable,
        'structure_classes' as dataset,
        cast(municipality_code as varchar) as municipality_code,
        cast(null as varchar) as subject_code,
        cast(division_year as varchar) as period,
        null as value,
        cast(centre_function as varchar) as value_text,
        if(null is null and centre_function is null, 'not_applicable', 'reported')
            as value_status,
        source as source_document
    from staging.stg_reference__structure_classes
),
split as (
    select
        *,
        string_split(source, ':') as source_parts
    from facts
)
select
    source,
    variable,
    dataset,
    municipality_code,
    subject_code,
    period,
    cast(value as decimal(18, 6)) as value,
    value_text,
    value_status,
    source_document,
    source_parts[1] as source_path,
    if(len(source_parts) = 4, regexp_extract(source, '([^/]+)[.]parquet:', 1), null)
        as source_table,
    if(len(source_parts) = 4, source_parts[2], null) as source_delivery,
    if(len(source_parts) = 4, source_parts[3], null) as source_page,
    cast(source_parts[-1] as integer) as source_line
from split
order by source, variable;

create view staging.stg_cbs__pages as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/pages/*.parquet', union_by_name = true)
),
renamed as (
    select
        _table as source_table,
        _delivery as source_delivery,
        _file as source_page,
        dataset,
        cast(_year as integer) as table_year,
        part,
        title,
        modified,
        licence,
        url,
        cast(rows as integer) as rows_n,
        _sha256 as sha256,
        _fetched_at as fetched_at
    from source
)
select * from renamed;

create table marts.source_pages as
with
pages as (
    select * from staging.stg_cbs__pages
)
select
    source_table,
    source_delivery,
    source_page,
    dataset,
    table_year,
    part,
    title,
    modified,
    licence,
    url,
    rows_n,
    sha256,
    fetched_at,
    concat_ws('/', 'landing/cbs', dataset, source_table, source_delivery, source_page)
        as landing_path
from pages
order by source_table, source_delivery, source_page;

create view staging.stg_cbs__area_regions as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/area_regions/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as valid_year,
        trim(code) as municipality_code,
        trim(title) as municipality_name,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__areas as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/areas/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as valid_year,
        trim(region_code) as municipality_code,
        trim(province_code) as province_code,
        trim(province_name) as province_name,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__iv3_reports as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/iv3_reports/*.parquet', union_by_name = true)
),
renamed as (
    select
        cast(_year as integer) as fiscal_year,
        right(trim(code), 4) as report_suffix,
        trim(title) as report_title,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__population_periods as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/population_periods/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(code) as period,
        trim(title) as period_title,
        trim(status) as period_status,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__wmo as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/wmo/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        trim(arrangement_code) as arrangement_code,
        cast(nullif(trim(clients), '.') as integer) as clients,
        cast(nullif(trim(clients_per_1000_inhabitants), '.') as decimal(18, 3))
            as clients_per_1000_inhabitants,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__wmo_arrangements as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/wmo_arrangements/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(code) as arrangement_code,
        trim(title) as arrangement_title,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__youth_care as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/youth_care/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        trim(care_form_code) as care_form_code,
        cast(nullif(trim(youths), '.') as integer) as youths,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create view staging.stg_cbs__youth_care_forms as
with source as (
    select * from read_parquet('${DATA}/raw/cbs/youth_care_forms/*.parquet', union_by_name = true)
),
renamed as (
    select
        trim(code) as care_form_code,
        trim(title) as care_form_title,
        _table as source_table,
        _delivery as source_delivery
    from source
)
select * from renamed;

create table marts.taakveld_bridge_coverage as
with
bridge as (
    select * from marts.programme_taakveld_bridge
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
spending as (
    select * from marts.taakveld_spending
    where report = 'accounts'
),
flows as (
    select unnest(['expenses', 'revenue']) as flow
),
bridged_years as (
    select distinct
        municipality_code,
        fiscal_year
    from bridge
),
-- What a product is mapped to, and the whole social domain: what no product reaches is shown too.
subjects as (
    select
        bridged_years.municipality_code,
        bridged_years.fiscal_year,
        taakvelden.taakveld_code,
        taakvelden.taakveld_name
    from bridged_years
    inner join taakvelden
        on
            bridged_years.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
            and taakvelden.main_taakveld_code = '6'
    union
    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        taakveld_name
    from bridge
),
mapped as (
    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        flow,
        sum(allocated_keur) as allocated_keur,
        sum(allocated_keur) filter (where weight_fitted_on_iv3) as fitted_keur,
        count(*) as products_n
    from bridge
    group by municipality_code, fiscal_year, taakveld_code, flow
),
reached as (
    select
        municipality_code,
        fiscal_year,
        taakveld_code,
        bool_or(weight_fitted_on_iv3) as is_fitted
    from bridge
    group by municipality_code, fiscal_year, taakveld_code
),
compared as (
    select
        subjects.municipality_code,
        subjects.fiscal_year,
        subjects.taakveld_code,
        flows.flow,
        subjects.taakveld_name,
        mapped.allocated_keur,
        if(mapped.allocated_keur is null, null, coalesce(mapped.fitted_keur, 0)) as fitted_keur,
        if(flows.flow = 'expenses', spending.expenses_keur, spending.revenue_keur) as iv3_keur,
        coalesce(mapped.products_n, 0) as products_n,
        reached.taakveld_code is not null as is_reached,
        coalesce(reached.is_fitted, false) as is_fitted,
        case
            when subjects.taakveld_code = 'unmapped' then 'not_applicable'
            when spending.taakveld_code is null then 'not_captured'
            when flows.flow = 'expenses' then spending.value_status
            else spending.revenue_status
        end as iv3_status
    from subjects
    cross join flows
    left join mapped
        on
            subjects.municipality_code = mapped.municipality_code
            and subjects.fiscal_year = mapped.fiscal_year
            and subjects.taakveld_code = mapped.taakveld_code
            and flows.flow = mapped.flow
    left join reached
        on
            subjects.municipality_code = reached.municipality_code
            and subjects.fiscal_year = reached.fiscal_year
            and subjects.taakveld_code = reached.taakveld_code
    left join spending
        on
            subjects.municipality_code = spending.municipality_code
            and subjects.fiscal_year = spending.fiscal_year
            and subjects.taakveld_code = spending.taakveld_code
)
select
    municipality_code,
    fiscal_year,
    taakveld_code,
    flow,
    taakveld_name,
    cast(allocated_keur as decimal(18, 3)) as allocated_keur,
    cast(fitted_keur as decimal(18, 3)) as fitted_keur,
    iv3_keur,
    cast(allocated_keur - iv3_keur as decimal(18, 3)) as difference_keur,
    cast(round(100 * allocated_keur / nullif(iv3_keur, 0), 2) as decimal(18, 2)) as coverage_pct,
    cast(products_n as integer) as products_n,
    is_fitted as weight_fitted_on_iv3,
    case
        when taakveld_code = 'unmapped' then 'unmapped'
        when not is_reached then 'no_product_mapped'
        when allocated_keur is null then 'no_amount_known'
        when iv3_keur is null then 'iv3_unknown'
        when is_fitted then 'fitted'
        else 'compared'
    end as coverage_status,
    iv3_status
from compared
order by municipality_code, fiscal_year, taakveld_code, flow;

create table marts.taakveld_spending_current as
with
amounts as (
    select * from intermediate.int_boundaries__amounts
    where level = 'taakveld' and boundary = 'current'
),
taakvelden as (
    select * from staging.stg_reference__taakvelden
),
population as (
    select * from intermediate.int_boundaries__inhabitants
    where boundary = 'current'
),
prices as (
    select * from intermediate.int_prices__index
)
select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.taakveld_code,
    amounts.vintage,
    coalesce(
        taakvelden.taakveld_name,
        trim(replace(amounts.taakveld_title, amounts.taakveld_code || ' ', '')),
        amounts.taakveld_code
    ) as taakveld_name,
    taakvelden.cluster_code as taakveld_cluster,
    amounts.expenses_keur,
    amounts.revenue_keur,
    cast(amounts.expenses_keur - amounts.revenue_keur as decimal(18, 3)) as net_cost_keur,
    population.inhabitants,
    cast(
        round(
            if(amounts.value_status = 'partially_reported', null, amounts.expenses_keur) * 1000.0 / nullif(population.inhabitants, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_eur_per_inhabitant,
    cast(
        round(
            if(amounts.value_status = 'partially_reported', null, amounts.expenses_keur) * 1000.0 / nullif(population.inhabitants, 0) * 100.0 / nullif(prices.price_index, 0),
            2
        ) as decimal(18, 2)
    )
        as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    amounts.value_status,
    amounts.revenue_status,
    amounts.parts,
    amounts.source_table,
    amounts.source_delivery,
    amounts.source_line,
    population.inhabitants_source,
    prices.price_index_source
from amounts
left join taakvelden
    on
        amounts.taakveld_code = taakvelden.taakveld_code
        and amounts.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join prices on amounts.fiscal_year = prices.price_year
order by amounts.municipality_code, amounts.fiscal_year, amounts.report, amounts.taakveld_code;

create table marts.variance_explanations as
with
explanations as (
    select * from intermediate.int_accounts__explanations
)
select
    municipality_code,
    fiscal_year,
    programme_code,
    explanation_no,
    role,
    parent_explanation_no,
    subject,
    amount_keur,
    amount_text,
    hedge,
    nature,
    reason,
    line_item,
    cast(table_amount_keur as decimal(18, 3)) as table_amount_keur,
    cast(difference_keur as decimal(18, 3)) as difference_keur,
    reconciliation,
    source_document,
    source_line
from explanations
order by municipality_code, fiscal_year, programme_code, explanation_no;

"""The declared datasets of CBS: what we take, from which tables, and what its columns are called.

Titles of columns as seen in DataProperties of 45012NED (Iv3) and 84799NED (key figures), on
the pages of 85100NED and 85043NED at cbs.nl (youth care, Wmo), others as named by public clients
of the API; a title that no longer matches stops the fetch of its table and is named.
"""

from dataclasses import replace

from doelenboom.sources.cbs.declaring import (
    PERIOD_FIELDS,
    Dataset,
    Dimension,
    Publication,
    Service,
    Topic,
)

REGION = r"regio'?s|RegioS"
PERIODS = "perioden"

IV3_DEADLINES = (
    Publication("budget", -1, 11, 14),
    Publication("first quarter", 0, 4, 30),
    Publication("second quarter", 0, 7, 31),
    Publication("third quarter", 0, 10, 31),
    Publication("fourth quarter", 1, 2, 14),
    Publication("accounts", 1, 7, 14),
)
"""Days by which municipalities deliver; CBS publishes ten days later, and again after seventy."""

IV3 = Dataset(
    name="iv3",
    about="Baten, lasten en balans per gemeente, taakveld, categorie en verslagsoort, onbewerkt",
    service=Service.iv3,
    title=r"Gemeenten (?P<year>\d{4}) onbewerkte Iv3-data",
    cadence="ten and seventy days after each deadline: budget, four quarters, accounts",
    calendar=tuple(
        replace(deadline, name=f"{publication} publication of the {deadline.name}", days_later=days)
        for deadline in IV3_DEADLINES
        for publication, days in (("first", 10), ("second", 70))
    ),
    rows="iv3_cells",
    first_year=2017,
    non_zero=True,
    all_topics=True,
    dimensions=(
        Dimension("taakveld_code", "TaakveldBalanspost", "iv3_taakvelden"),
        Dimension("category_code", "Categorie", "iv3_categories"),
        Dimension("report_code", "Verslagsoort", "iv3_reports"),
        Dimension("region_code", "Gemeenten", "iv3_regions"),
    ),
    topics=(
        Topic("first_publication", r"1(ste|e) plaatsing"),
        Topic("second_publication", r"2(de|e) plaatsing"),
    ),
)

POPULATION = Dataset(
    name="population",
    about="Inwoners op 1 januari per gemeente",
    service=Service.open_data,
    title=r"Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio",
    cadence="yearly",
    dimensions=(
        Dimension("sex", "geslacht", "population_sexes", title_of_code=r"totaal mannen en vrouwen"),
        Dimension("age", "leeftijd", "population_ages", title_of_code=r"totaal( leeftijd)?"),
        Dimension(
            "marital_status",
            "burgerlijke ?staat",
            "population_marital_statuses",
            title_of_code=r"totaal burgerlijke staat",
        ),
        Dimension("region_code", REGION, prefix="GM"),
        Dimension("period", PERIODS, "population_periods", PERIOD_FIELDS),
    ),
    topics=(Topic("inhabitants", "Bevolking op 1 januari"),),
)

AREAS = Dataset(
    name="areas",
    about="Provincie van elke gemeente, per jaar",
    service=Service.open_data,
    title=r"Gebieden in Nederland (?P<year>\d{4})",
    cadence="yearly",
    first_year=2015,
    dimensions=(Dimension("region_code", REGION, "area_regions"),),
    topics=(
        Topic("province_code", "Code", group="Provincies", text=True),
        Topic("province_name", "Naam", group="Provincies", text=True),
    ),
)

CPI = Dataset(
    name="cpi",
    about="Consumentenprijsindex, alle bestedingen",
    service=Service.open_data,
    title=r"Consumentenprijzen; prijsindex (?P<base>\d{4}) ?= ?100(, \d{4}-\d{4})?",
    cadence="monthly",
    first_year=2015,
    dimensions=(
        Dimension(
            "category_code",
            "bestedingscategorie(ën|en)",
            "cpi_categories",
            title_of_code=r"(000000 )?Alle bestedingen",
        ),
        Dimension("period", PERIODS, "cpi_periods", PERIOD_FIELDS),
    ),
    topics=(Topic("price_index", "CPI"),),
)

KEY_FIGURES = Dataset(
    name="key_figures",
    about="Bouw van de gemeenten: bevolking, huishoudens, inkomen, uitkeringen, oppervlakte",
    service=Service.open_data,
    title=r"Kerncijfers wijken en buurten (?P<year>\d{4})",
    cadence="yearly, and filled in over the years after",
    first_year=2017,
    dimensions=(Dimension("region_code", "wijken en buurten|WijkenEnBuurten", prefix="GM"),),
    topics=(
        Topic("region_kind", "Soort regio", text=True),
        Topic("inhabitants", "Aantal inwoners"),
        Topic("aged_0_14", "0 tot 15 jaar", optional=True),
        Topic("aged_15_24", "15 tot 25 jaar", optional=True),
        Topic("aged_25_44", "25 tot 45 jaar", optional=True),
        Topic("aged_45_64", "45 tot 65 jaar", optional=True),
        Topic("aged_65_plus", "65 jaar of ouder", optional=True),
        Topic("households", "Huishoudens totaal", optional=True),
        Topic("average_household_size", "Gemiddelde huishoudensgrootte", optional=True),
        Topic("population_density", "Bevolkingsdichtheid", optional=True),
        Topic("address_density", "Omgevingsadressendichtheid", optional=True),
        Topic("urbanity", "Mate van stedelijkheid", optional=True),
        Topic("average_income_per_inhabitant", "Gemiddeld inkomen per inwoner", optional=True),
        Topic("low_income_households_pct", "Huishoudens met een laag inkomen", optional=True),
        Topic(
            "social_assistance_recipients",
            "Personen per soort uitkering; Bijstand",
            optional=True,
        ),
        Topic("land_area_ha", "Oppervlakte land", optional=True),
    ),
)

YOUTH_CARE = Dataset(
    name="youth_care",
    about="Jongeren met jeugdzorg per gemeente en vorm van jeugdzorg",
    service=Service.open_data,
    title=r"Jongeren met jeugdzorg; persoonskenmerken(, regio)?",
    cadence="half-yearly",
    dimensions=(
        Dimension(
            "person_kind",
            "persoonskenmerken",
            "youth_care_person_kinds",
            title_of_code="totaal( personen| jongeren| persoonskenmerken)?",
        ),
        Dimension("care_form_code", "vormen van jeugdzorg|VormenVanJeugdzorg", "youth_care_forms"),
        Dimension("region_code", REGION, prefix="GM"),
        Dimension("period", PERIODS, "youth_care_periods", PERIOD_FIELDS),
    ),
    topics=(Topic("youths", "totaal jongeren met jeugdzorg"),),
)

WMO = Dataset(
    name="wmo",
    about="Cliënten met een Wmo-maatwerkvoorziening per gemeente en soort voorziening",
    service=Service.open_data,
    title=r"Wmo-cliënten; type maatwerkvoorziening, persoonskenmerken, regio",
    cadence="half-yearly",
    dimensions=(
        Dimension("sex", "geslacht", "wmo_sexes", title_of_code="totaal mannen en vrouwen"),
        Dimension(
            "person_kind",
            "kenmerken van personen|KenmerkenVanPersonen",
            "wmo_person_kinds",
            title_of_code="totaal( personen)?",
        ),
        Dimension(
            "arrangement_code",
            "type maatwerkvoorziening|TypeMaatwerkvoorziening",
            "wmo_arrangements",
        ),
        Dimension("region_code", REGION, prefix="GM"),
        Dimension("period", PERIODS, "wmo_periods", PERIOD_FIELDS),
    ),
    topics=(
        Topic("clients", "Wmo-cliënten"),
        Topic("clients_per_1000_inhabitants", "Wmo-cliënten per 1 000 inwoners"),
    ),
)

DATASETS = (IV3, POPULATION, AREAS, CPI, KEY_FIGURES, YOUTH_CARE, WMO)

RAW_TABLES = {
    name: columns for dataset in DATASETS for name, columns in dataset.raw_tables().items()
}
"""Every raw table that the datasets fill: its name and its columns."""

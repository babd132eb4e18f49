"""What municipalities call things: the words that open a section, head a column, name a row.

Data only. A word seen in a new chapter is added here, and nothing else changes.
"""

from functools import lru_cache

from doelenboom.codes import codes, net_row_parts
from doelenboom.sources.accounts.extraction.patterns import (
    ANY_CASE,
    anywhere,
    anywheres,
    opening,
    whole,
    wholes,
)

SECTIONS = wholes(
    ("statutory", r"(wettelijk )?(verplichte|voorgeschreven) (beleids)?indicatoren.*"),
    ("statutory", r"(bbv|beleids)[- ]?indicatoren( \(?bbv\)?)?"),
    (
        "indicators",
        r"((effect|prestatie|resultaat)[- ]?)?indicatoren( en (streefwaarden|kengetallen))?"
        r"|effect[- ]*en prestatie[- ]?indicatoren|kengetallen|wat zijn de indicatoren.*"
        r"|(zo|hoe) (maken|meten) we (dit|dat).*",
    ),
    ("actions", r"wat (hebben|gingen|gaan) (we|wij) (er|daar)(voor| voor) (gedaan|doen).*"),
    ("actions", r"wat (hebben (we|wij)|is er) gedaan.*|actiepunten|activiteiten en resultaten"),
    ("achieved", r"wat (hebben|wilden|willen) (we|wij) (bereikt|bereiken).*"),
    ("costs", r"wat (heeft|mocht|mag|gaat|kostte) (het|dit|dat)( ons)?( ge)?(kost(en)?)?.*\?"),
    ("costs", r"(overzicht (van )?(de )?)?(baten en lasten|lasten en baten)( per .*)?"),
    ("costs", r"financieel overzicht|financiën|wat heeft het gekost"),
    ("tree", r"doelenboom|doelenoverzicht|doelen ?structuur"),
    (
        "explanations",
        r"(financiële )?(toelichting|analyse)( (op|van) (de |het )?(financiële )?"
        r"(verschil(len)?|afwijking(en)?|resultaat|lasten en baten|baten en lasten))?",
    ),
    ("explanations", r"(verschillen|afwijkingen)(analyse)?|verschillenverklaring"),
    ("other", r"verbonden partij(en)?|risico'?s|beleidskaders?|beleidsnota'?s|ga terug"),
)
"""Headings, whole lines without a closing colon, and the section that they open.

`explanations` holds only after a cost table: `Toelichting` stands under much else.
"""

_CHANGE = r"wijz(?:iging(?:en)?|\.)"
_CHANGED = rf"\(?na\s{{0,2}}+{_CHANGE}\)?"
_BUDGET = r"(?:programma)?+begr(?>oting|oot|\.)"
_SIDE = (
    r"(?:(?:begr(?:oting|\.)|(?:jaar)?rek(?:ening|\.)|realisatie|raming)(?:\s{0,2}+20\d\d)?+"
    rf"(?:\s{{0,2}}+{_CHANGED})?+(?:\s{{0,2}}+20\d\d)?+|{_CHANGED})"
)
"""One side of a difference: `begroting na wijziging`, `rek.`, `(na wijz.)`."""

_ADJECTIVE = (
    r"(?:(?:primitieve|oorspronkelijke|prim\.|actuele|gewijzigde|bijgestelde|act\.|gew\.)"
    r"\s{0,2}+)?+"
)
_AGAINST = r"(?:t\.?o\.?v\.?|ten opzichte van|vs\.?|versus|met|en|minus|min|[-–−/]{1,3}+)"
_DIFFERENCE = r"(?:verschil(?:len)?|afwijking(?:en)?)\s{0,2}+(?:tussen\s{0,2}+)?(?:de\s{0,2}+)?"

PHASES: tuple[tuple[str, str], ...] = (
    ("variance", r"saldo\s*+\(\s*+[-−]\s*+=\s*+(?:nadeel|voordeel|nadelig|voordelig)\s*+\)"),
    ("saldo", r"saldo\s*+20\d\d"),
    (
        "variance",
        rf"{_DIFFERENCE}(?:{_ADJECTIVE}{_SIDE}\s*+)?+{_AGAINST}\s*+(?:de\s*+)?{_ADJECTIVE}{_SIDE}",
    ),
    (
        "variance",
        r"verschil(?:len)?(?:\s*+\([^)]{0,40}\))?|afwijking(?:en)?(?:\s*+\([^)]{0,40}\))?",
    ),
    (
        "original_budget",
        rf"(?:primaire|primitieve|oorspronkelijke|oorspr\.|vastgestelde|initiële|nominale)\s*+{_BUDGET}"
        rf"(?:\s*+20\d\d)?|{_BUDGET}\s*+(?:20\d\d)?[\s(]*+(?:primair|primitief|prim\b\.?|"
        rf"oorspronkelijk|v[oó][oó]r\s*+{_CHANGE})\)?|primitief(?:\s*+20\d\d)?",
    ),
    (
        "final_budget",
        rf"(?:gewijzigde|actuele|bijgestelde|definitieve|geactualiseerde|laatste)\s*+{_BUDGET}"
        rf"(?:\s*+20\d\d)?(?:[\s(]*+na\s*+{_CHANGE}\)?)?"
        rf"|{_BUDGET}\s*+(?:20\d\d)?[\s(]*+(?:(?:incl(?:usief|\.)?|na)\s*+"
        rf"(?:begrotings)?{_CHANGE}|actueel|gewijzigd|bijgesteld)(?:\s*+20\d\d)?\)?"
        r"|actueel(?:\s*+20\d\d)?",
    ),
    (
        "other",
        r"(?:eindejaars)?prognose(?:\s*+20\d\d)?"
        r"|verwacht(?:e|ing)?(?:\s(?:realisatie|(?:jaar)?rekening|uitkomst))?+(?:\s*+20\d\d)?",
    ),
    (
        "actual",
        r"(?:realisatie|(?:jaar)?rekening|werkelijk(?:e\s*+cijfers)?|gerealiseerd(?!e))"
        r"(?:\s*+20\d\d)?",
    ),
    ("other", r"begrotingswijziging(?:en)?|wijziging(?:en)?\s(?:van\s)?(?:de\s)?begroting"),
    ("budget", rf"{_BUDGET}(?!s)(?:\s*+20\d\d)?|raming(?:\s*+20\d\d)?"),
)
"""Heads of columns and the phase of the budget that they hold, the most telling first."""

OF_A_PART = anywhere(
    r"\bt/m\b|\btot\s+en\s+met\b|\bper\s+(?:inwoner|huishouden)\b|\b(?:half|kwart)(?:jaar|aal)"
    r"|\bincidente\w|\bstructure\w|\bwaarvan\b|\bper\s+(?:\d{1,2}\s+)?(?:juni|juli|augustus|september|oktober)\b",
    ANY_CASE,
)
"""What makes a budget or an actual one of a part of the year, of the amounts, or of the people."""

FROM_FIRST = anywhere(r"primitie|oorspronk|prim\.", ANY_CASE)
"""What a difference from the budget before changes has in its head."""

_BALANCE_ON = r"(?:stand|saldo|boekwaarde)\s*+(?:(?:per|op|ultimo)\s*+)?"
_YEAR_BEHIND_DAY = r"(?:\s*+[-/]?\s*+(?:20)?\d\d(?!\d))?"
RESERVE_COLUMNS: tuple[tuple[str, str], ...] = (
    (
        "opening",
        rf"(?:{_BALANCE_ON})?(?<!\d)(?:1\s?januari|1[\s-]?jan\.?|0?1\s?[-/]\s?0?1(?!\d)){_YEAR_BEHIND_DAY}"
        r"|begin(?:stand|saldo)",
    ),
    (
        "closing",
        rf"(?:{_BALANCE_ON})?(?<!\d)(?:31\s?december|31[\s-]?dec\.?|31\s?[-/]\s?12(?!\d)){_YEAR_BEHIND_DAY}"
        r"|eind(?:stand|saldo)",
    ),
    (
        "result",
        r"(?:(?:bestemming|toevoeging|mutatie)\s)?resultaat\s(?:uit\s)?(?:de\s)?(?:vorige?|(?:jaar)?rekening)"
        r"(?:\s(?:boek)?jaar)?",
    ),
    ("interest", r"(?:toegevoegde\s+)?rente(?:toevoeging|bijschrijving)?"),
    ("added", r"toevoeging(?:en)?|dotatie(?:s)?|storting(?:en)?|vermeerdering(?:en)?"),
    ("withdrawn", r"onttrekking(?:en)?|aanwending(?:en)?|vermindering(?:en)?|putting(?:en)?"),
)
"""Heads of a statement of reserves and what their columns hold."""

ASIDE_HEADS = whole(
    r"|%|(?:in )?(?:procent(?:en)?|percentage|%)|uitputting(?: in %|\s*\(?%\)?)?|toelichting"
    r"|opmerking(?:en)?"
    r"|i\s*/\s*s|s\s*/\s*i|v\s*/\s*n|n\s*/\s*v|voordeel\s*/\s*nadeel|noot|ref(?:erentie)?\.?"
)
"""Heads of columns that hold no amounts of their own, or none at all."""

FLOW_HEADS: tuple[tuple[str, str], ...] = (
    ("transfer_to_reserves", r"toevoeging(?:en)?|storting(?:en)?|dotatie(?:s)?"),
    ("transfer_from_reserves", r"onttrekking(?:en)?"),
    ("expenses", r"lasten|uitgaven"),
    ("revenue", r"baten|inkomsten"),
    ("net", r"saldo"),
    ("total", r"totaal"),
)
"""Heads of columns where each phase has its own columns of expenses, revenue and balance."""

YEAR_HEADING = whole(
    r"(?:in\s+)?20\d\d:?|.{0,60}\b(?:(?:dienst|boek|verslag)?jaar|jaarrekening|jaarstukken|jaarverslag"
    r"|rekening|begroting|realisatie|exploitatie|kosten|lasten|baten|financi\w{2,20}|overzicht|gekost)\b"
    r".{0,60}(?<![.;,])",
    ANY_CASE,
)
"""Headings that say, with their year, of which year the table below them is."""

YEARS_AHEAD = anywhere(r"meerjaren(?:raming|begroting|perspectief|overzicht)", ANY_CASE)
"""What the years above a table are where its heads have nothing else."""

_EURO = r"(?:€|eur(?:o(?:['’]?s)?+)?+)"
_MILLION = r"(?:(?:1\s?+)?(?:miljoen(?:en)?|mln|mio)\b\.?|1[.\s]?000[.\s]?000(?![\d.]*\d))"
_THOUSAND = r"(?:(?:1\s?+)?duizend(?:en|tallen)?|1[.,\s]?000(?![.\s]?000)(?!\.?\d)|['’]000)"
_ONE = r"1(?:,(?:-+|00))?(?![\d.,]{0,3}\d)"
_TIMES = r"(?<![^\W\d_])[x×*]"
_WHOLE = r"(?:(?:ge)?hele\s+|eenheden\s+(?:van\s+)?|veelvouden\s+van\s+)?"


def _unit_forms(magnitude: str) -> str:
    """Return the ways to print a unit of thousands or millions, with euro or without."""
    return (
        rf"{_TIMES}\s*+(?:{_EURO}\s*+)?{magnitude}|{_EURO}\s*+{_TIMES}\s*+{magnitude}"
        rf"|\bin\s+{_WHOLE}(?:{_EURO}\s*+{magnitude}|{magnitude}\s*+{_EURO})"
        rf"|edrag(?:en)?\s*+[:(]?\s*+(?:{_EURO}\s*+)?{magnitude}"
        rf"|\(\s*+(?:in\s+)?(?:{_EURO}\s*+)?{magnitude}(?:\s*+{_EURO})?\s*+\)"
    )


UNITS = anywheres(
    (
        "1000",
        rf"{_unit_forms(_MILLION)}|\bin\s+(?:miljoenen|mln|mio)\b|(?<![\d.,])(?<!\d\s){_EURO}\s?(?:mln|mio)\b"
        rf"|(?<![\d.,])(?<!\d\s)mln\.?\s?{_EURO}|\bM€",
    ),
    (
        "1",
        rf"{_unit_forms(_THOUSAND)}|\bin\s+duizend(?:en|tallen)?\b|[kT](?:€|EUR\b)|{_EURO}\s?['’]?000\b",
    ),
    (
        "0.001",
        rf"{_TIMES}\s*+(?:{_EURO}\s*+{_ONE}|{_ONE}\s*+{_EURO})|{_EURO}\s*+{_TIMES}\s*+{_ONE}"
        rf"|edrag(?:en)?\s+{_TIMES}\s*+{_EURO}(?!\s*+[\d.,]*\d)"
        rf"|\bin\s+{_WHOLE}(?:{_EURO}(?:\s*+{_ONE})?|{_ONE}\s*+{_EURO})(?!\s*+(?:[x×*]|per\b|mln|miljoen|mio|'?\d|duizend))"
        rf"|edrag(?:en)?\s*+[:(]?\s*+{_EURO}(?!\s*+(?:[x×*]|mln|miljoen|mio|'?\d|duizend))|\(\s*+{_EURO}\s*+\)",
    ),
)
"""Thousands of euro in the printed unit, and the ways to print it: `(x € 1.000)`, `in euro's`."""

OF_ALL = anywhere(
    r"\balle\s+(?:genoemde\s+)?bedragen\b|tenzij\s+anders|\bin\s+dit\s+"
    r"(?:hoofdstuk|programma|document|(?:jaar)?verslag|stuk)\b|\bin\s+deze\s+"
    r"(?:programma)?(?:begroting|rekening|jaarrekening|jaarstukken|paragraaf)\b",
    ANY_CASE,
)
"""Words of a line whose unit holds for every table of a chapter."""

INDICATORS_BEGIN = (
    r"(?:nr\.?\s*)?(?:kengetal(?:len)?|(?:omschrijving\s*)?"
    r"(?:(?:effect|prestatie|resultaat|output|outcome)[- ]{0,3}(?:en )?){0,3}indicator(?:en)?)"
)
"""What a table of indicators begins with, where it stands between action points."""

EXPLANATION_COLUMNS = wholes(
    ("subject", r"omschrijving|onderwerp|onderdeel|post|product|taakveld|programma|verklaring"),
    ("side", r"v\s*/\s*n|n\s*/\s*v|voordeel\s*/\s*nadeel|voor-?\s*/\s*nadelig"),
    ("good", r"voordel(?:en|ig)|voordeel"),
    ("bad", r"nadel(?:en|ig)|nadeel"),
    ("nature", r"i\s*/\s*s|s\s*/\s*i|inciden\w*\.?\s*/\s*struc\w*\.?"),
    ("amount", r"bedrag(?:en)?(?: in .*| x .*| \(.*)?|verschil|afwijking|saldo"),
)
"""Heads of tables that explain differences and what their columns hold."""

ACTION_COLUMNS = wholes(
    ("number", r"nr|nummer|#"),
    (
        "title",
        r"(?:omschrijving )?(?:actie(?:s|punt(?:en)?)?|activiteit(?:en)?|prestaties?"
        r"|maatregel(?:en)?|speerpunt(?:en)?|inspanning(?:en)?)(?: 20\d\d)?",
    ),
    ("status", r"status.*|stand van zaken|voortgang|gereed\??"),
    ("said", r"toelichting|resultaat|verantwoording|realisatie|opmerking(?:en)?"),
    ("other", r"planning|trekker|portefeuillehouder|thema|doel|deadline|wanneer"),
)
"""Heads of tables of action points and what their columns hold."""

_TOTAL = r"(?:tota(?:al|le)|s(?:ubtotaal|om van de))\s*+(?:van\s*+)?(?:de\s*+)?"
_DONE = r"(?:ger(?:ealiseerd|aamd)|begroot|werkelijk)e?\s*+"
_SUMMED = rf"(?:{_TOTAL}|{_DONE}){{0,3}}"
_RESERVES = r"(?:(?:de\s*+)?(?:bestemmings)?reserves?)"
_FLOW_BEHIND = r"(?:\s*+\((?:lasten|baten)\))?"

_OF_THE_WHOLE = (
    r"(?:\s*+(?:van\s*+)?programma.*|\s(?:exclusief|excl\.|v[oó][oó]r)\s(?:mutaties?\s)?reserves?)?"
)

ROWS = wholes(
    (
        "net_cost_after_reserves",
        rf"{_SUMMED}(?:programma)?resultaat(?:\s*+(?:na|van|programma)\s*+.*)?"
        rf"|{_SUMMED}saldo\s*+(?:resultaat|na\s*+(?:bestemming|mutaties?|{_RESERVES}).*)"
        rf"|{_SUMMED}saldo\s*+(?:van\s*+)?(?:het\s*+)?programma",
    ),
    (
        "net_cost",
        rf"{_SUMMED}saldo(?:\s*+(?:van\s*+)?(?:de\s*+)?"
        r"(?:baten en lasten|lasten en baten|baten en de lasten|lasten\s*+/\s*+baten)"
        r"(?:\sprogramma['’]?s)?)?"
        r"|(?:totaalsaldo|totaal saldo|saldo totaal)"
        r"(?:\s*+(?:van\s*+)?(?:baten en lasten|lasten en baten|taakvelden))?"
        rf"|{_SUMMED}(?:saldo|resultaat)\s*+v[oó][oó]r\s*+.*",
    ),
    (
        "net_reserve_movement",
        rf"{_SUMMED}(?:saldo\s*+)?(?:van\s*+)?(?:de\s*+)?(?:mutaties?|verrekening(?:en)?)"
        rf"\s*+(?:in|aan|met|van)?\s*+{_RESERVES}|{_SUMMED}saldo\s*+(?:van\s*+)?{_RESERVES}"
        rf"|mutatie\s*+reserves?|toevoegingen?\s*+(?:/|en)\s*+onttrekkingen?\s*+(?:aan)?\s*+{_RESERVES}",
    ),
    (
        "transfer_to_reserves",
        rf"{_SUMMED}(?:storting|toevoeging|dotatie)(?:en|s)?\s*+(?:aan|in)?"
        rf"\s*+{_RESERVES}?{_FLOW_BEHIND}",
    ),
    (
        "transfer_from_reserves",
        rf"{_SUMMED}(?:onttrekking|beschikking|aanwending|putting)(?:en)?"
        rf"\s*+(?:aan|uit|van|over)?\s*+{_RESERVES}?{_FLOW_BEHIND}"
        rf"|bijdragen?\s*+(?:uit|van)\s*+{_RESERVES}{_FLOW_BEHIND}",
    ),
    ("expenses", rf"{_SUMMED}(?:lasten|uitgaven|kosten){_OF_THE_WHOLE}"),
    ("revenue", rf"{_SUMMED}(?:baten|inkomsten|opbrengsten){_OF_THE_WHOLE}"),
)
"""Names of rows that say by themselves which flow or balance they hold; tried in this order."""

ROW_SIDES = {
    **{"l": "Lasten", "b": "Baten", "s": "Saldo"},
    **{word.lower(): word for word in ("Lasten", "Baten", "Saldo", "Uitgaven", "Inkomsten")},
}
"""What a cell of its own behind the name of a row says of its flow."""

TOTAL_ROW = whole(
    r"(?:eind|sub)?totaal(?:\s*(?:van\s*)?(?:het\s*)?(?:programma.*|generaal))?|totalen"
)
"""A total whose flow the columns or the block say."""

PART_ROW = whole(r"(?:waarvan|w\.?v\.|hiervan|subtotaal)\b.*")
"""Rows that repeat a part of other rows: not added up with them."""

TO_RESERVES = {
    "expenses": "transfer_to_reserves",
    "revenue": "transfer_from_reserves",
    "net_cost": "net_reserve_movement",
}
"""What the costs, revenue and balance of reserves are."""

OF_RESERVES = opening(
    r"(?:(?:storting|toevoeging|dotatie|onttrekking|aanwending|mutatie|beschikking)(?:en|s)?\b.{0,60})?"
    r"(?:algemene\s+|bestemmings|egalisatie)?reserves?\b",
    ANY_CASE,
)
"""Names of lines about reserves: their costs are added to them, their revenue taken out."""

FLOWS = codes("flow_of_line")
NETS = tuple(flow for flow in codes("flow_of_cost_table") if flow not in FLOWS)
COSTLIKE = {
    *(flow for flow, sign in net_row_parts("net_cost_after_reserves_from_flows") if sign > 0),
    *NETS,
}
"""Flows of which less than the budget is an advantage."""

AMOUNT_PHASES = tuple(phase for phase in codes("phase_of_amount") if phase != "variance")
TOTAL_ITEM = "Totaal programma"


_PROVINCES = (
    "drenthe|flevoland|friesland|fryslân|gelderland|groningen|limburg|noord-brabant|noord-holland"
    "|overijssel|utrecht|zeeland|zuid-holland"
)
INDICATOR_HEADS = wholes(
    ("name", r"(?:naam |verplichte |effect-?|prestatie-?|beleids)*indicator(?:en)?|omschrijving"),
    ("number", r"nr\.?|nummer|#"),
    ("unit", r"(?:meet)?eenheid"),
    ("source", r"bron(?:nen)?|bronhouder"),
    ("year", r"(?:meet|peil)?(?:jaar(?:tal)?|periode|moment|datum)|laatste meting"),
    ("field", r"(?:beleids|taak)veld(?:en)?|thema|programma"),
    ("text", r"toelichting|beschrijving|verplicht|wet(?:telijk)?(?: /.*)?|status|trend"),
    (
        "other",
        r".{0,150}\b(?:nederland|landelijke?|provincie|regio|benchmark|referentie|gemeenten|vergelijk\w*+"
        r"|gemiddelde?|nulmeting|nulwaarde|vorige|eerste|prognose|afwijking|verschil"
        rf"|{_PROVINCES})\b.{{0,150}}",
    ),
    ("target", r".{0,150}(?:streef|streven|\bnorm|\bdoel|ambitie|begroting|begroot).{0,150}"),
    (
        "score",
        r".{0,150}(?:score|realisatie|gerealiseerd|resultaat|werkelijk|stand|meting|rekening|waarde).{0,150}"
        r"|gemeente|20\d\d",
    ),
)
"""Heads of tables of indicators; `other` are values of other places, moments or forecasts."""

AREAS = rf"nederland|landelijk|provincie|regio|{_PROVINCES}"
"""First cells of rows that hold the values of another area than the municipality."""

STATUTORY_DENOMINATORS = {
    **dict.fromkeys(("bbv_1", "bbv_2", "bbv_8", "bbv_9", "bbv_10", "bbv_11"), "1.000"),
    **dict.fromkeys(("bbv_16", "bbv_17", "bbv_18", "bbv_21", "bbv_36"), "1.000"),
    **dict.fromkeys(("bbv_6", "bbv_27", "bbv_28", "bbv_32"), "10.000"),
}
"""Of how many the score of a statutory indicator is, by its unit in budgets and accounts of 2018.

Referrals to Halt are printed per 1.000 from about 2020, the last three per 1.000 up to 2018.
"""

STATUTORY_NAMES = wholes(
    ("bbv_8", r"winkeldiefstal(?:len)?"),
    ("bbv_9", r"geweldsmisdrijven"),
    ("bbv_10", r"diefstal(?:len)? uit woning(?:en)?"),
    ("bbv_11", r"vernieling(?:en)? ?(?:en|/) ?beschadiging(?:en)?(?: in de openbare ruimte)?"),
    ("bbv_15", r"bruto gemeentelijk product"),
    ("bbv_16", r"vestigingen(?: van bedrijven)?"),
    ("bbv_19", r"(?:voor|vroeg)tijdige? schoolverlaters?(?: zonder startkwalificatie)?"),
    ("bbv_20", r"niet[- ](?:wekelijkse )?sporters"),
    ("bbv_32", r"cliënten met een maatwerkarrangement(?: wmo)?"),
    ("bbv_35", r"gemiddelde woz[- ]waarde"),
    ("bbv_38", r"(?:gemeentelijke )?woonlasten (?:een|één|1-)persoonshuishoudens?"),
    ("bbv_39", r"(?:gemeentelijke )?woonlasten meerpersoonshuishoudens?"),
)
"""Other ways in which municipalities print the names of statutory indicators, without the unit."""


_NUMBER = opening(r"(\d+(\.\d+)*\.?|[•*#-]+)\s+")


@lru_cache(maxsize=4096)
def section_of(text: str) -> str:
    """Return the section that a line opens as its heading, or nothing."""
    heading = _NUMBER.sub("", " ".join(text.split()).rstrip(":").lower())
    if len(heading) > 90:  # noqa: PLR2004
        return ""
    for section, pattern in SECTIONS:
        if pattern.fullmatch(heading):
            return section
    return ""

"""What municipalities call things: the words that open a section, head a column, name a row.

Data only. A word seen in a new chapter is added here, and nothing else changes.
"""

import re
from functools import lru_cache

from doelenboom.codes import codes, net_row_parts

SECTIONS: tuple[tuple[str, str], ...] = (
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

_CHANGED = r"\(?na\s*wijz(?:iging(?:en)?|\.)\)?"
_SIDE = (
    r"(?:(?:begr(?:oting|\.)|(?:jaar)?rek(?:ening|\.)|realisatie|raming)(?:\s*20\d\d)?"
    rf"(?:\s*{_CHANGED})?(?:\s*20\d\d)?|{_CHANGED})"
)
"""One side of a difference: `begroting na wijziging`, `rek.`, `(na wijz.)`."""

PHASES: tuple[tuple[str, str], ...] = (
    ("variance", r"saldo\s*\(\s*[-−]\s*=\s*(?:nadeel|voordeel|nadelig|voordelig)\s*\)"),
    ("saldo", r"saldo\s*20\d\d"),
    (
        "variance",
        rf"(?:verschil(?:len)?|afwijking(?:en)?)\s*(?:tussen\s*)?(?:de\s*)?{_SIDE}\s*"
        rf"(?:t\.?o\.?v\.?|ten opzichte van|vs\.?|versus|en|min|[-–−/])\s*(?:de\s*)?{_SIDE}",
    ),
    ("variance", r"verschil(?:len)?(?:\s*\([^)]{0,40}\))?|afwijking(?:en)?(?:\s*\([^)]{0,40}\))?"),
    (
        "original_budget",
        r"(?:primaire|primitieve|oorspronkelijke|vastgestelde|initiële)\s*"
        r"(?:programma)?begr(?:oting|\.)(?:\s*20\d\d)?|(?:programma)?begr(?:oting|\.)\s*(?:20\d\d)?[\s(]*(?:primair|primitief|prim\b\.?|"
        r"oorspronkelijk|v[oó][oó]r\s*wijziging(?:en)?)\)?|primitief(?:\s*20\d\d)?",
    ),
    (
        "final_budget",
        r"(?:gewijzigde|actuele|bijgestelde|definitieve|geactualiseerde|laatste)\s*"
        r"(?:programma)?begr(?:oting|\.)(?:\s*20\d\d)?(?:[\s(]*na\s*wijziging(?:en)?\)?)?"
        r"|(?:programma)?begr(?:oting|\.)\s*(?:20\d\d)?[\s(]*(?:(?:incl(?:usief|\.)?|na)\s*"
        r"(?:begrotings)?wijziging(?:en)?|actueel|gewijzigd|bijgesteld)(?:\s*20\d\d)?\)?"
        r"|actueel(?:\s*20\d\d)?",
    ),
    (
        "actual",
        r"(?:realisatie|(?:jaar)?rekening|werkelijk(?:e\s*cijfers)?|gerealiseerd(?!e))"
        r"(?:\s*20\d\d)?",
    ),
    ("other", r"prognose(?:\s*20\d\d)?"),
    ("budget", r"(?:programma)?begr(?:oting|\.)(?:\s*20\d\d)?|raming(?:\s*20\d\d)?"),
)
"""Heads of columns and the phase of the budget that they hold, the most telling first."""

FLOW_HEADS: tuple[tuple[str, str], ...] = (
    ("transfer_to_reserves", r"toevoeging(?:en)?|storting(?:en)?|dotatie(?:s)?"),
    ("transfer_from_reserves", r"onttrekking(?:en)?"),
    ("expenses", r"lasten|uitgaven"),
    ("revenue", r"baten|inkomsten"),
    ("net", r"saldo"),
    ("total", r"totaal"),
)
"""Heads of columns where each phase has its own columns of expenses, revenue and balance."""

UNITS: tuple[tuple[str, str], ...] = (
    ("1", r"(?:x|\*|in\s*€)\s*(?:€|eur(?:o)?)?\s*1[.\s]?000\b(?![.\s]?000)|in\s+duizend(?:en)?|k€"),
    ("1000", r"(?:x|\*)\s*(?:€|eur(?:o)?)?\s*1[.\s]?000[.\s]?000|(?:x|in)\s*€?\s*(?:1\s*)?miljoen"),
    ("0.001", r"bedragen\s+(?:in|x)\s+(?:hele\s+)?(?:€|euro'?s?)(?!\s*[x*]?\s*1)|in\s+hele\s+euro"),
)
"""How many thousands of euro the printed unit is."""

INDICATORS_BEGIN = (
    r"(?:nr\.?\s*)?(?:kengetal(?:len)?|(?:omschrijving\s*)?"
    r"(?:(?:effect|prestatie|resultaat|output|outcome)[- ]*(?:en )?)*indicator(?:en)?)"
)
"""What a table of indicators begins with, where it stands between action points."""

EXPLANATION_COLUMNS: tuple[tuple[str, str], ...] = (
    ("subject", r"omschrijving|onderwerp|onderdeel|post|product|taakveld|programma|verklaring"),
    ("side", r"v\s*/\s*n|n\s*/\s*v|voordeel\s*/\s*nadeel|voor-?\s*/\s*nadelig"),
    ("good", r"voordel(?:en|ig)|voordeel"),
    ("bad", r"nadel(?:en|ig)|nadeel"),
    ("nature", r"i\s*/\s*s|s\s*/\s*i|inciden\w*\.?\s*/\s*struc\w*\.?"),
    ("amount", r"bedrag(?:en)?(?: in .*| x .*| \(.*)?|verschil|afwijking|saldo"),
)
"""Heads of tables that explain differences and what their columns hold."""

ACTION_COLUMNS: tuple[tuple[str, str], ...] = (
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

_TOTAL = r"(?:(?:sub)?totaal|totale|som van de)\s*(?:van\s*)?(?:de\s*)?"
_DONE = r"(?:gerealiseerd|geraamd|begroot|werkelijk)e?\s*"
_RESERVES = r"(?:(?:de\s*)?(?:bestemmings)?reserves?)"
_FLOW_BEHIND = r"(?:\s*\((?:lasten|baten)\))?"

ROWS: tuple[tuple[str, str], ...] = (
    (
        "net_cost_after_reserves",
        rf"(?:{_TOTAL}|{_DONE})*(?:programma)?resultaat(?:\s*(?:na|van|programma)\s*.*)?"
        rf"|(?:{_TOTAL}|{_DONE})*saldo\s*(?:resultaat|na\s*(?:bestemming|mutaties?|{_RESERVES}).*)"
        rf"|(?:{_TOTAL}|{_DONE})*saldo\s*(?:van\s*)?(?:het\s*)?programma",
    ),
    (
        "net_cost",
        rf"(?:{_TOTAL}|{_DONE})*saldo(?:\s*(?:van\s*)?(?:de\s*)?"
        r"(?:baten en lasten|lasten en baten|baten en de lasten|lasten\s*/\s*baten))?"
        r"|(?:totaalsaldo|totaal saldo|saldo totaal)"
        r"(?:\s*(?:van\s*)?(?:baten en lasten|lasten en baten|taakvelden))?"
        rf"|(?:{_TOTAL}|{_DONE})*(?:saldo|resultaat)\s*v[oó][oó]r\s*.*",
    ),
    (
        "net_reserve_movement",
        rf"(?:{_TOTAL}|{_DONE})*(?:saldo\s*)?(?:van\s*)?(?:de\s*)?(?:mutaties?|verrekening(?:en)?)"
        rf"\s*(?:in|aan|met|van)?\s*{_RESERVES}|(?:{_TOTAL}|{_DONE})*saldo\s*(?:van\s*)?{_RESERVES}"
        rf"|mutatie\s*reserves?|toevoegingen?\s*(?:/|en)\s*onttrekkingen?\s*(?:aan)?\s*{_RESERVES}",
    ),
    (
        "transfer_to_reserves",
        rf"(?:{_TOTAL}|{_DONE})*(?:storting|toevoeging|dotatie)(?:en|s)?\s*(?:aan|in)?"
        rf"\s*{_RESERVES}?{_FLOW_BEHIND}",
    ),
    (
        "transfer_from_reserves",
        rf"(?:{_TOTAL}|{_DONE})*(?:onttrekking|beschikking|aanwending|putting)(?:en)?"
        rf"\s*(?:aan|uit|van|over)?\s*{_RESERVES}?{_FLOW_BEHIND}"
        rf"|bijdragen?\s*(?:uit|van)\s*{_RESERVES}{_FLOW_BEHIND}",
    ),
    ("expenses", rf"(?:{_TOTAL}|{_DONE})*(?:lasten|uitgaven|kosten)(?:\s*(?:van\s*)?programma.*)?"),
    (
        "revenue",
        rf"(?:{_TOTAL}|{_DONE})*(?:baten|inkomsten|opbrengsten)(?:\s*(?:van\s*)?programma.*)?",
    ),
)
"""Names of rows that say by themselves which flow or balance they hold; tried in this order."""

TOTAL_ROW = r"(?:eind|sub)?totaal(?:\s*(?:van\s*)?(?:het\s*)?(?:programma.*|generaal))?|totalen"
"""A total whose flow the columns or the block say."""

PART_ROW = r"(?:waarvan|w\.?v\.|hiervan|subtotaal)\b.*"
"""Rows that repeat a part of other rows: not added up with them."""

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
INDICATOR_HEADS: tuple[tuple[str, str], ...] = (
    ("name", r"(?:naam |verplichte |effect-?|prestatie-?|beleids)*indicator(?:en)?|omschrijving"),
    ("number", r"nr\.?|nummer|#"),
    ("unit", r"(?:meet)?eenheid"),
    ("source", r"bron(?:nen)?|bronhouder"),
    ("year", r"(?:meet|peil)?(?:jaar(?:tal)?|periode|moment|datum)|laatste meting"),
    ("field", r"(?:beleids|taak)veld(?:en)?|thema|programma"),
    ("text", r"toelichting|beschrijving|verplicht|wet(?:telijk)?(?: /.*)?|status|trend"),
    (
        "other",
        r".*\b(?:nederland|landelijke?|provincie|regio|benchmark|referentie|gemeenten|vergelijk\w*"
        r"|gemiddelde?|nulmeting|nulwaarde|vorige|eerste|prognose|afwijking|verschil"
        rf"|{_PROVINCES})\b.*",
    ),
    ("target", r".*(?:streef|streven|\bnorm|\bdoel|ambitie|begroting|begroot).*"),
    (
        "score",
        r".*(?:score|realisatie|gerealiseerd|resultaat|werkelijk|stand|meting|rekening|waarde).*"
        r"|gemeente|20\d\d",
    ),
)
"""Heads of tables of indicators; `other` are values of other places, moments or forecasts."""

AREAS = rf"nederland|landelijk|provincie|regio|{_PROVINCES}"
"""First cells of rows that hold the values of another area than the municipality."""

STATUTORY_NAMES: tuple[tuple[str, str], ...] = (
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


@lru_cache(maxsize=4096)
def section_of(text: str) -> str:
    """Return the section that a line opens as its heading, or nothing."""
    heading = re.sub(
        r"^(\d+(\.\d+)*\.?|[•*#-]+)\s+", "", " ".join(text.split()).rstrip(":").lower()
    )
    if len(heading) > 90:  # noqa: PLR2004
        return ""
    for section, pattern in SECTIONS:
        if re.fullmatch(pattern, heading):
            return section
    return ""

"""Words that a reader of these pages meets, explained in Dutch."""

TERMS = (
    ("Baten", "Wat in een jaar aan opbrengsten wordt toegerekend, ook als het geld later komt."),
    (
        "Begroting na wijziging",
        "De begroting zoals de raad haar tot en met 31 december heeft gewijzigd. Het verschil met"
        " de realisatie wordt hiertegen gemeten.",
    ),
    ("Begroting vóór wijziging", "De begroting zoals de raad haar voor het jaar vaststelde."),
    (
        "Centrumgemeente",
        "Een gemeente die voor een hele regio betaalt, zoals voor opvang of beschermd wonen. Haar"
        " lasten per inwoner zijn niet zonder meer te vergelijken.",
    ),
    (
        "Eigen indicator",
        "Een maat die de gemeente zelf koos om te zien of een doel gehaald is. Verplichte"
        " indicatoren zijn voor alle gemeenten gelijk.",
    ),
    (
        "Foutmarge",
        "Hoe ver een score van een steekproef naast de werkelijkheid kan zitten. Ligt de"
        " streefwaarde binnen de marge, dan is niet te zeggen of zij gehaald is.",
    ),
    (
        "Gerealiseerd resultaat programma",
        "Lasten min baten, plus toevoegingen aan en min onttrekkingen aan reserves. Hier als"
        " kosten: een plus is geld dat het programma kostte.",
    ),
    (
        "Iv3",
        "Informatie voor derden: de cijfers per taakveld die elke gemeente aan het CBS levert."
        " Onbewerkt: zoals geleverd.",
    ),
    ("Kwartiel", "Een kwart van de groep ligt onder het eerste, een kwart boven het derde."),
    (
        "Lasten",
        "Wat in een jaar aan kosten wordt toegerekend, met afschrijving, zonder investeringen.",
    ),
    (
        "Mediaan",
        "De middelste waarde van een groep, zonder de gemeente zelf: de helft zit eronder, de"
        " helft erboven.",
    ),
    (
        "Onttrekking aan een reserve",
        "Geld uit een reserve dat in het jaar is gebruikt; geen opbrengst.",
    ),
    ("Realisatie", "Wat in de jaarrekening staat."),
    ("Reserve", "Eigen vermogen dat de raad apart zette, vaak met een doel."),
    (
        "Saldo van baten en lasten",
        "Hier altijd als kosten, lasten min baten, en vóór reserves. Nooit hetzelfde als het"
        " verschil met de begroting.",
    ),
    (
        "Streefwaarde",
        "De score die de gemeente wilde halen: minimaal, maximaal, of gelijk aan eerder.",
    ),
    ("Taakveld", "Een onderwerp waarin alle gemeenten hun geld op dezelfde manier indelen."),
    ("Toevoeging aan een reserve", "Geld dat in een reserve gaat; geen kosten."),
    (
        "Verschil",
        "Begroting na wijziging tegenover realisatie. Een plus is voordelig voor de begroting,"
        " een min nadelig; of dat goed is, staat er niet mee vast.",
    ),
    ("Voorziening op de balans", "Een bedrag voor een verplichting die eraan komt."),
    ("Voorziening in de Wmo", "Hulp of ondersteuning voor een inwoner."),
)
"""Each term with what it means here, in the order of the alphabet."""

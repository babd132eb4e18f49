{{ share_beside_peers(
    'local_levies',
    {'local_levies_keur': 'shares.part_keur', 'revenue_keur': 'shares.whole_keur'},
    'local_levies_pct',
    'Van alle betalers samen, ook bedrijven en bezoekers: geen woonlasten van een huishouden.'
    ~ ' Alleen wat als belasting is geboekt, meestal met de rioolheffing; leges en rechten,'
    ~ ' waaronder meestal de afvalstoffenheffing, tellen niet mee. Gemeenten boeken dat'
    ~ ' verschillend',
    per_inhabitant='local_levies_eur_per_inhabitant',
) }}

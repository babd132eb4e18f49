{{ share_beside_peers(
    'overhead',
    {'overhead_keur': 'shares.part_keur', 'expenses_keur': 'shares.whole_keur'},
    'overhead_pct',
    'Wat als overhead geldt, boekt elke gemeente anders: het aandeel zegt weinig over'
    ~ ' doelmatigheid',
) }}

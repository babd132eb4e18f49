{{ share_beside_peers(
    'state_grants',
    {
        'general_grant_keur': 'shares.general_grant_keur',
        'specific_grants_keur': 'shares.part_keur - shares.general_grant_keur',
        'revenue_keur': 'shares.whole_keur',
    },
    'state_grants_pct',
    'Alleen wat het Rijk rechtstreeks betaalt: geld dat via een andere gemeente of een'
    ~ ' gemeenschappelijke regeling komt, telt niet mee, en wat een centrumgemeente voor haar regio'
    ~ ' ontvangt wel. Verkoop van grond telt in de baten mee en drukt het aandeel',
    per_inhabitant='state_grants_eur_per_inhabitant',
) }}

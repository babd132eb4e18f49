{{ share_beside_peers(
    'hired_staff',
    {
        'wages_keur': 'shares.whole_keur - shares.part_keur',
        'hired_staff_keur': 'shares.part_keur',
    },
    'hired_staff_pct',
    'Gemeenten boeken inhuur verschillend: wat in een uitbesteed product zit, telt niet mee, en wie'
    ~ ' bij een gemeenschappelijke regeling werkt evenmin',
) }}

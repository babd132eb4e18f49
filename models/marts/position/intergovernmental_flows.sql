{{ share_beside_peers(
    'joint_arrangements',
    {'joint_arrangements_keur': 'shares.part_keur', 'expenses_keur': 'shares.whole_keur'},
    'joint_arrangements_pct',
    'Wat een gemeenschappelijke regeling met het geld doet, is hier niet te zien; bijdragen aan'
    ~ ' andere overheden staan niet in onze kopie',
) }}

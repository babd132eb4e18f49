select $outturn_keur as value

select $iv3_keur as value

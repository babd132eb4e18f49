select $forecast_keur as value

select $forecast_like_for_like_keur as value

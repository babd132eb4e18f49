select $price_index as value

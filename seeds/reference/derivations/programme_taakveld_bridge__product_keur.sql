select $product_keur as value

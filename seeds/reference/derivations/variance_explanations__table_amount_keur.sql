select $table_amount_keur as value

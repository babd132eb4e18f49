select $second_publication_keur as value

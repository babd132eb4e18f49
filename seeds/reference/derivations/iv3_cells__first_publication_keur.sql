select $first_publication_keur as value

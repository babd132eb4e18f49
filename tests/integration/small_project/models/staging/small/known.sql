select municipality_code from read_csv('seeds/small/known.csv', all_varchar = true, header = true)

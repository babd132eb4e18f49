{% macro renew_bundled(folder='seeds/benchmarks') -%}
    {%- set whole = ['municipality_code', 'fiscal_year', 'report'] -%}
    {%- set files = [
        ('iv3_amounts', whole + ['taakveld_code'], ['fiscal_year'], landed_iv3_amounts()),
        ('iv3_totals', whole, ['fiscal_year'], landed_iv3_totals()),
        ('iv3_main_categories', whole + ['main_taakveld_code', 'main_category_code'],
            ['fiscal_year'], landed_iv3_main_categories()),
        ('iv3_balance', ['municipality_code', 'fiscal_year', 'post_group'], ['fiscal_year'],
            landed_iv3_balance()),
        ('population', ['municipality_code', 'reference_date'], ['reference_date'],
            landed_population()),
        ('structural_features', ['municipality_code', 'feature', 'period'],
            ['feature', 'period'], landed_structural_features()),
    ] -%}
    {%- for name, key, replaced, landed in files if execute %}
        {%- set path = folder ~ '/' ~ name ~ '.parquet' -%}
        {%- do run_query('create or replace temp table landed as ' ~ landed) -%}
        {%- set rows = run_query('select count(*) from landed')[0][0] -%}
        {%- if rows %}
            {%- do run_query(
                "create or replace temp table renewed as select * from read_parquet('" ~ path
                ~ "') anti join landed using (" ~ replaced | join(', ') ~ ')'
            ) -%}
            {%- do run_query('insert into renewed by name select * from landed') -%}
            {%- do run_query(
                'copy (select * from renewed order by ' ~ key | join(', ') ~ ") to '" ~ path
                ~ "' (format parquet, compression zstd, compression_level 19,"
                ~ ' row_group_size 500000)'
            ) -%}
        {%- endif %}
        {%- do print(name ~ ': ' ~ rows ~ ' rows of landed periods') -%}
    {%- endfor %}
{%- endmacro %}

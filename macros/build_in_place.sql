{% materialization table, adapter="duckdb" %}
    {{ return(build_in_place("table")) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {{ return(build_in_place("view")) }}
{% endmaterialization %}

{% macro build_in_place(type) %}
    {% set existing = load_cached_relation(this) %}
    {% set target = this.incorporate(type=type) %}
    {% call statement("main") %}
        {% if existing is not none %}
            drop {{ existing.type }} {{ existing }};
        {% endif %}
        {% if type == "table" %}
            {{ create_table_as(False, target, sql) }}
        {% else %}
            {{ get_create_view_as_sql(target, sql) }}
        {% endif %}
        ;
        {{ comments(target) }}
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({"relations": [target]}) }}
{% endmacro %}

{% macro comments(relation) %}
    {% if model.description %}
        comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(model.description) }};
    {% endif %}
    {% for name, column in model.columns.items() if column.description %}
        comment on column {{ relation }}.{{ name }} is {{ duckdb_escape_comment(column.description) }};
    {% endfor %}
{% endmacro %}

{#- What stands in place of a programme for a document as a whole. -#}
{% macro whole_document() -%} document {%- endmacro %}

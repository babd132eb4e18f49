{% macro verdict_label_nl() -%}
    case
        when verdict_basis = 'computed' and margin_status = 'not_printed'
            and measurement_basis != 'full_count' and verdict in ('met', 'missed')
            then {{ label_nl(
                'verdict_without_margin',
                "case when score = target then 'at_target' when score > target then 'above_target'"
                ~ " else 'below_target' end"
            ) }}
        when verdict_basis = 'stated' then {{ label_nl('verdict_of_source', 'verdict') }}
        else {{ label_nl('verdict', 'verdict') }}
    end
{%- endmacro %}

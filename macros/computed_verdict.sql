{% macro computed_verdict() -%}
    case
        when score is null or target is null then null
        when target_year > score_year then null
        when margin_status = 'printed' and abs(score - target) <= margin_of_error then 'undecided'
        when target_type = 'at_least' and score >= target then 'met'
        when target_type = 'at_most' and score <= target then 'met'
        when target_type = 'maintain' and score = target then 'met'
        when target_type = 'maintain' and direction = 'higher' and score > target then 'met'
        when target_type = 'maintain' and direction = 'lower' and score < target then 'met'
        when target_type is not null then 'missed'
    end
{%- endmacro %}

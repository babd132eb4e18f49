{#- Verdict that score and target decide: met, missed, or undecided when the distance to the target
    is within a printed margin of error, its boundary included. Null when either figure is missing
    or the target is not due in the year of the score. `maintain` means no worse than the target
    in the indicator's own direction, and exactly the target where it has none. -#}
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

"""Plausibility of `marts.iv3_cells`: the cells of Iv3 in both publications.

Empty where no Iv3 has landed, and so does not begin with a row count.
"""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "iv3_cells"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.iv3_cells`."""
    return [
        offenders(
            """
            select municipality_code, fiscal_year, report from marts.iv3_deliveries
            where source_delivery is not null and vintage is not null
            except select municipality_code, fiscal_year, report from batch
            """,
            blocks(f"{TABLE}.every_delivery_has_cells", "cells for every landed delivery"),
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("first_publication_keur", "second_publication_keur")),
        offenders(
            """
            select deliveries.* from marts.iv3_deliveries as deliveries
            left join (
                select municipality_code, fiscal_year, report, sum(amount_keur) as keur
                from batch where flow = 'expenses' and taakveld_code not in ('0.10', '0.11')
                group by all
            ) as cells using (municipality_code, fiscal_year, report)
            where source_delivery is not null and vintage is not null
                and expenses_keur is distinct from coalesce(keur, 0)
            """,
            blocks(f"{TABLE}.expenses_are_their_sum", "cells that add up to each total"),
        ),
        offenders(
            """
            select fiscal_year, report, count(*) as cells,
                count(*) filter (where first_publication_keur <> second_publication_keur) as changed
            from batch where vintage = 2 group by all having changed > 0.5 * cells
            """,
            unlikely(f"{TABLE}.mostly_as_published_first", "at most half of the cells changed"),
        ),
    ]

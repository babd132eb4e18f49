-- question: Hoeveel gaat er naar overhead, inhuur en gemeenschappelijke regelingen?
-- reading: Procenten: overhead (0.4) en gemeenschappelijke regelingen van alle lasten, inhuur van salarissen en inhuur samen (Iv3, onbewerkt). Medianen zonder de gemeente zelf: van gemeenten van haar grootte, bij gemeenschappelijke regelingen van alle andere. Gemeenten boeken overhead en inhuur verschillend.
-- municipality: needed
-- report: accounts
-- year: every
-- label overhead_median_pct: Overhead: mediaan van de grootteklasse, %
-- label hired_staff_median_pct: Inhuur: mediaan van de grootteklasse, %
-- label joint_arrangements_median_pct: Gemeenschappelijke regelingen: mediaan van alle andere gemeenten, %
select
    hire.fiscal_year,
    hire.municipality_name,
    hire.report,
    overhead.overhead_pct,
    overhead.peer_median_pct as overhead_median_pct,
    hire.hired_staff_pct,
    hire.peer_median_pct as hired_staff_median_pct,
    flows.joint_arrangements_pct,
    flows.peer_median_pct as joint_arrangements_median_pct
from marts.staff_and_hire as hire
inner join marts.intergovernmental_flows as flows
    on
        hire.municipality_code = flows.municipality_code
        and hire.fiscal_year = flows.fiscal_year
        and hire.report = flows.report
left join marts.overhead as overhead
    on
        hire.municipality_code = overhead.municipality_code
        and hire.fiscal_year = overhead.fiscal_year
        and hire.report = overhead.report
where
    list_contains($municipality, hire.municipality_code)
    and hire.report = $report
    and hire.fiscal_year = coalesce($year, hire.fiscal_year)
order by hire.municipality_name, hire.fiscal_year

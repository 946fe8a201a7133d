"""The organisations of a coalition by every name under which a table may call them."""

from coalitions.models.memberships import MEMBER_STATES

MEMBERS = ", ".join(f"'{state}'" for state in MEMBER_STATES)
# Own name, short name and other names; a municipality also by the name or code of its area. Who left is
# among them, since she may be in what is there already.
PARTIES = f"""
    DROP TABLE IF EXISTS pg_temp.parties;
    CREATE TEMPORARY TABLE parties ON COMMIT DROP AS
    SELECT m.id AS membership_id, m.state IN ({MEMBERS}) AS is_member, o.id AS organisation_id, n.key,
           n.is_own
    FROM coalitions_membership m
    JOIN partners_organisation o ON o.id = m.organisation_id
    JOIN partners_organisationtype t ON t.id = o.type_id
    LEFT JOIN partners_area p ON p.id = o.municipality_id AND t.code = 'gemeente'
    CROSS JOIN LATERAL (
        VALUES (o.sort_key, true), (portal_sort_key(nullif(o.short_name, '')), false),
               (portal_sort_key(p.name), false), (portal_sort_key(p.code), false)
        UNION
        SELECT x.sort_key, false FROM partners_organisationalias x WHERE x.organisation_id = o.id
    ) AS n(key, is_own)
    WHERE m.coalition_id = %(coalition)s AND n.key IS NOT NULL;
    ANALYZE parties;
"""

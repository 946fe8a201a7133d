from django.db import migrations

# The roles of a person on a day, each by its coalition; an administrator has none. PL/pgSQL, because its plan
# is made once for each connection.
ROLES = """
CREATE FUNCTION coalitions_roles_of(of_person bigint, on_day date)
RETURNS TABLE (coalition_id bigint, role text) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT NULL::bigint AS coalition_id, 'administrator' AS role
    FROM partners_platformrole
    WHERE person_id = of_person AND valid_from <= on_day AND (valid_to IS NULL OR on_day < valid_to)
    UNION ALL
    -- Commissioner and figurehead govern; of these two only the commissioner has a role of its own.
    SELECT coalition_id, unnest(CASE role
        WHEN 'commissioner' THEN ARRAY['alderman', 'commissioner']
        WHEN 'figurehead' THEN ARRAY['alderman']
        ELSE ARRAY[role::text]
    END)
    FROM coalitions_coalitionrole
    WHERE person_id = of_person AND valid_from <= on_day AND (valid_to IS NULL OR on_day < valid_to)
    UNION ALL
    SELECT m.coalition_id, unnest(array_remove(ARRAY[
        'partner',
        CASE WHEN EXISTS (
            SELECT FROM partners_mandate d
            WHERE d.representative_id = r.id AND d.checked_at IS NOT NULL AND d.revoked_at IS NULL
              AND (d.area_id IS NULL OR d.area_id = (
                  SELECT area_id FROM coalitions_coalition WHERE id = m.coalition_id))
              AND d.valid_from <= on_day AND (d.valid_to IS NULL OR on_day < d.valid_to)
        ) THEN 'signer' END,
        CASE WHEN t.code IN ('gemeente', 'provincie') AND EXISTS (
            SELECT FROM coalitions_seat z
            WHERE z.membership_id = m.id AND z.representative_id = r.id AND z.level = 'board'
              AND z.valid_from <= on_day AND (z.valid_to IS NULL OR on_day < z.valid_to)
        ) THEN 'alderman' END
    ], NULL))
    FROM partners_representative r
    JOIN coalitions_membership m ON m.organisation_id = r.organisation_id
    JOIN partners_organisation o ON o.id = r.organisation_id
    JOIN partners_organisationtype t ON t.id = o.type_id
    WHERE r.person_id = of_person AND m.state IN ('member', 'dormant')
      AND r.valid_from <= on_day AND (r.valid_to IS NULL OR on_day < r.valid_to)
    UNION ALL
    -- Who leads a group that lives; whether she still takes part in the coalition is asked below.
    SELECT g.coalition_id, 'group_lead'
    FROM coalitions_workinggroupseat z
    JOIN coalitions_workinggroup g ON g.id = z.group_id
    WHERE z.person_id = of_person AND z.role = 'lead' AND g.state IN ('active', 'resting')
      AND z.valid_from <= on_day AND (z.valid_to IS NULL OR on_day < z.valid_to);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("coalitions", "0014_rows_of_imports_have_fewer_indexes"),
        ("partners", "0010_new_rows_into_history_at_once"),
    ]

    operations = [migrations.RunSQL(ROLES, "DROP FUNCTION coalitions_roles_of(bigint, date);")]

"""What is told of a row that cannot be saved."""

# Of a judged row `j`: `wrong` is the field, what stood there, and what to do about it. Parameter `words`
# names the columns.
PROBLEM = """jsonb_build_array(jsonb_build_object(
                    'column', %(words)s::jsonb->>j.wrong[1], 'value', left(j.wrong[2], 60),
                    'problem', j.wrong[3], 'code', ''))"""

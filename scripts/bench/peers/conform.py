"""The files with conformed columns, for programs whose documentation asks for that beforehand.

A person's knowledge of the headings and of how dates are written is in `dataset.json`: it says for
each file which heading holds what. Text is put in lower case, dates are written as 2014-05-01, a
full name is parted at the spaces, and what a file has no column for is null.
"""


def value(columns, dates, role):
    """The sql of one conformed column of a file; empty values are null already."""
    if role == "dob" and "dob" in columns:
        return f"""strftime(try_strptime("{columns["dob"]}", '{dates}'), '%Y-%m-%d')"""
    if role in columns:
        return f"""lower("{columns[role]}")"""
    if "full_name" in columns and role in ("first_name", "surname"):
        text = f"""lower("{columns["full_name"]}")"""
        first, last = f"split_part({text}, ' ', 1)", f"regexp_extract({text}, '([^ ]+)$', 1)"
        return first if role == "first_name" else f"case when {first} <> {last} then {last} end"
    return "null"


def conform(connection, task):
    """A table for each file, its records numbered by their rows; the names of the tables."""
    described = task.described.values()
    roles = {role for file in described for role in file["columns"]} - {"full_name"}
    roles = sorted(roles | {"first_name", "surname"})
    tables = []
    for number, (path, file) in enumerate(zip(task.files, described, strict=True)):
        values = (
            f"{value(file['columns'], file['dates'], role)}::varchar as {role}" for role in roles
        )
        connection.execute(
            f"""create table file_{number} as
            select row_number() over () + 1 as unique_id, '{path.name}' as source_dataset,
            {", ".join(values)} from read_csv('{path}', all_varchar = true, header = true)"""
        )
        tables.append(f"file_{number}")
    return tables

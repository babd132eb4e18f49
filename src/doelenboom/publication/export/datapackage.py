"""`datapackage.json`: files of tables described as a Frictionless Data Package.

Builds the description from tables and release, and what each Parquet file says of itself;
reads and writes no file.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from doelenboom.glossary import split_comment
from doelenboom.publication.export.units import unit_of
from doelenboom.publication.manifest import Release, parquet_path
from doelenboom.storage.tables import Column, Table

PACKAGE_NAME = "doelenboom"

LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""The licence of the data; the code that made them is under EUPL-1.2."""

DESCRIPTION = (
    "What Dutch municipalities wanted, did and spent, per programme. Attribution: doelenboom,"
    " from public documents of the municipalities and bodies named in each row's source."
)

FIELD_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL": "number",
    "DATE": "date",
    "BOOLEAN": "boolean",
}

PANDAS_TYPES = {
    "INTEGER": ("int32", "Int32"),
    "BIGINT": ("int64", "Int64"),
    "DOUBLE": ("float64", "Float64"),
    "BOOLEAN": ("bool", "boolean"),
}
"""Types that hold nulls in pandas only under a nullable name; all others hold them anyway."""


def datapackage(release: Release, tables: Iterable[Table]) -> dict[str, Any]:
    """Describe a release (Frictionless Data Package v1) with labels, descriptions and keys.

    `title` is the Dutch label of a table or field, `description` the English text.
    """
    by_name = {table.name: table for table in tables}
    return package(
        release.release_id,
        [
            parquet_resource(
                release, by_name[content.name], content.name, parquet_path(content.name)
            )
            for content in release.tables
        ],
    )


def package(release_id: str, resources: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Put resources in a Data Package with the words, the licence and the id of a release."""
    return {
        "profile": "data-package",
        "name": PACKAGE_NAME,
        "title": "doelenboom: doelen, prestaties en geld van Nederlandse gemeenten",
        "description": DESCRIPTION,
        "version": release_id,
        "licenses": [LICENSE],
        "resources": list(resources),
    }


def parquet_resource(release: Release, table: Table, name: str, path: str) -> dict[str, Any]:
    """Describe the Parquet file that a release holds of a table, at a path of the package."""
    return {
        "name": name,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **words(table.comment),
        "hash": f"sha256:{release.parquet_sha256[table.name]}",
        "schema": schema(table, release.key_of(table.name)),
    }


def schema(table: Table, key: Iterable[str]) -> dict[str, Any]:
    """Describe the columns of a table (Frictionless Table Schema): label, unit, type, key."""
    names = [column.name for column in table.columns]
    return {
        "fields": [_field(column, unit_of(column.name, names)) for column in table.columns],
        "primaryKey": list(key),
    }


def pandas_metadata(table: Table) -> str:
    """Write the metadata `pandas` of a table's Parquet file, as JSON.

    Readers that go through pandas (Frictionless does) make floats of integers beside a null,
    NaN of the null and other numbers of the large ones, unless the file names nullable types.
    Form: https://pandas.pydata.org/docs/development/developer.html
    """
    types = {column.name: PANDAS_TYPES.get(column.type) for column in table.columns}
    columns = [
        {
            "name": name,
            "field_name": name,
            "pandas_type": pandas_numpy[0],
            "numpy_type": pandas_numpy[1],
            "metadata": None,
        }
        for name, pandas_numpy in types.items()
        if pandas_numpy
    ]
    facts = {
        "index_columns": [],
        "column_indexes": [],
        "columns": columns,
        "pandas_version": "2.0.0",
    }
    return json.dumps(facts)


def words(comment: str | None) -> dict[str, str]:
    """Title and description of a comment, each only where there is one."""
    title, description = split_comment(comment)
    found = {"title": title, "description": description}
    return {name: text for name, text in found.items() if text}


def _field(column: Column, unit: str) -> dict[str, Any]:
    """Describe a column; `unit` is a property of ours, as the standard has none."""
    return {
        "name": column.name,
        "type": FIELD_TYPES[column.type.partition("(")[0]],
        **words(column.comment),
        **({"unit": unit} if unit else {}),
        **({"constraints": {"required": True}} if column.not_null else {}),
    }

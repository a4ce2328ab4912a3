"""How Splink is set up for each data set, after the examples of its own documentation."""

from dataclasses import dataclass

import splink.comparison_library as cl
from splink import block_on


@dataclass
class Model:
    """The settings of one linkage, as the steps of Splink's examples need them."""

    comparisons: list
    blocking: list
    deterministic: list
    recall: float
    training: list
    link_type: str = "dedupe_only"
    u_pairs: float = 1e7
    training_pairs: float | None = None


def exactly(column):
    """The same or not, with term frequencies."""
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def name(column):
    """One name, with term frequencies."""
    return cl.NameComparison(column).configure(term_frequency_adjustments=True)


def born():
    """The date of birth, which the reader has made a text like 2014-05-01."""
    return cl.DateOfBirthComparison("dob", input_is_string=True)


def febrl3():
    """Its example "Deduplicating the febrl3 dataset"."""
    return Model(
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            born(),
            cl.DamerauLevenshteinAtThresholds("ssn", [2]),
            exactly("street_number"),
            exactly("postcode"),
        ],
        blocking=[block_on(c) for c in ["ssn", "first_name", "surname", "dob", "postcode"]],
        deterministic=[
            block_on("ssn"),
            block_on("first_name", "surname", "dob"),
            "l.first_name = r.surname and l.surname = r.first_name and l.dob = r.dob",
        ],
        recall=0.9,
        training=["dob", "postcode"],
    )


def febrl4():
    """Its example "Linking the febrl4 datasets", the detailed model."""
    return Model(
        link_type="link_only",
        comparisons=[
            name("first_name"),
            name("surname"),
            born(),
            cl.DamerauLevenshteinAtThresholds("ssn", [1, 2]),
            exactly("street_number"),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ],
        blocking=[
            block_on("first_name", "surname"),
            "l.first_name = r.surname and l.surname = r.first_name",
            block_on("dob"),
            block_on("ssn"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        deterministic=[block_on("ssn"), block_on("first_name", "surname", "dob")],
        recall=0.8,
        training=["dob", "postcode"],
    )


def pseudopeople():
    """After febrl4, with the columns that these lists have.

    What a household shares is left to blocking alone, as that example leaves out columns that say
    the same as others: with address, sex or ethnicity compared, training takes households for
    people and precision falls to a fifth.
    """
    return Model(
        link_type="link_only",
        comparisons=[name("first_name"), exactly("middle_initial"), name("surname"), born()],
        blocking=[
            block_on("first_name", "surname"),
            "l.first_name = r.surname and l.surname = r.first_name",
            block_on("dob"),
            block_on("street_number", "street_name"),
            block_on("first_name", "middle_initial"),
            block_on("surname"),
        ],
        deterministic=[
            block_on("first_name", "surname", "dob"),
            block_on("first_name", "dob", "street_name"),
        ],
        recall=0.8,
        training=["dob", ("first_name", "surname")],
    )


def families():
    """After febrl4, with the columns that these lists have.

    As with pseudopeople, what brothers and sisters share (postcode, case) is left to blocking:
    compared as well, it joins five times as many of them and lowers F1.
    """
    return Model(
        link_type="link_only",
        comparisons=[name("first_name"), name("surname"), born(), cl.ExactMatch("sex")],
        blocking=[*names_dates_postcodes(), block_on("case_number", "first_name")],
        deterministic=[
            block_on("first_name", "surname", "dob"),
            block_on("first_name", "dob", "postcode"),
        ],
        recall=0.6,
        training=["dob", ("first_name", "surname")],
    )


def sparse():
    """Its example "Linking a dataset of real historical persons", which has the same columns.

    Names are compared one by one, and the sex as well: that does better here than the comparison
    of full names in the example, for one of the names is often missing.
    """
    return Model(
        comparisons=[
            name("first_name"),
            name("surname"),
            born(),
            cl.PostcodeComparison("postcode"),
            exactly("birth_place"),
            exactly("occupation"),
            cl.ExactMatch("sex"),
        ],
        blocking=[*names_dates_postcodes(), block_on("dob", "birth_place")],
        deterministic=historical_deterministic(),
        recall=0.6,
        training=[("first_name", "surname"), "dob"],
    )


def people():
    """The same example with a town and without occupation; names one by one do better here too."""
    return Model(
        comparisons=[
            name("first_name"),
            name("surname"),
            born(),
            cl.PostcodeComparison("postcode"),
            exactly("town"),
        ],
        blocking=[*names_dates_postcodes(), block_on("dob", "town")],
        deterministic=historical_deterministic(),
        recall=0.6,
        training=[("first_name", "surname"), "dob"],
    )


def people_few():
    """The same as its guide to large data advises: tight blocking rules, training on a sample."""
    model = people()
    model.training_pairs = 1e7
    pairs = ["first_name surname", "surname dob", "first_name dob", "postcode first_name",
             "postcode surname", "dob postcode"]  # fmt: skip
    model.blocking = [block_on(*pair.split()) for pair in pairs]
    return model


def names_dates_postcodes():
    """The blocking rules of the example that need no place."""
    return [
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode", "first_name"),
        block_on("postcode", "surname"),
        block_on("substr(postcode,1,3)", "dob"),
        block_on("substr(postcode,1,3)", "first_name"),
        block_on("substr(postcode,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ]


def historical_deterministic():
    """The rules of the example that say how common matches are."""
    return [
        block_on("first_name", "surname", "dob"),
        block_on("substr(first_name,1,2)", "surname", "substr(postcode,1,2)"),
        block_on("dob", "postcode"),
    ]


MODELS = {
    model.__name__: model
    for model in [febrl3, febrl4, pseudopeople, families, sparse, people, people_few]
}

"""pseudopeople's sample population: the census of 2020 against two other lists of that year.

Usage: pseudo.py FOLDER SEEDS. Each pair of lists is made once with the package's own noise and
once with every `cell_probability` (leaving blank, nicknames, typing, reading and hearing errors,
copied from a member of the household, and so on) three times as high; which rows are missing or
doubled stays as it is. The ids of simulants and households are taken out and the rows shuffled.
The sample is small, so each is made with several seeds.
"""

import sys
from pathlib import Path

import layout
import pseudopeople

COLUMNS = {
    "first_name": "first_name",
    "middle_initial": "middle_initial",
    "surname": "last_name",
    "dob": "date_of_birth",
    "street_number": "street_number",
    "street_name": "street_name",
    "sex": "sex",
    "ethnicity": "race_ethnicity",
}
LISTS = {
    "census": ("decennial_census", pseudopeople.generate_decennial_census, "%m/%d/%Y"),
    "wic": (
        "women_infants_and_children",
        pseudopeople.generate_women_infants_and_children,
        "%m%d%Y",
    ),
    "acs": (
        "american_community_survey",
        pseudopeople.generate_american_community_survey,
        "%m/%d/%Y",
    ),
}
HIDDEN = ["simulant_id", "household_id"]


def tripled(config):
    """The same configuration with every probability that a cell is wrong three times as high."""
    if not isinstance(config, dict):
        return config
    return {
        key: min(1.0, 3 * value) if key == "cell_probability" else tripled(value)
        for key, value in config.items()
    }


def columns_noise(noisy):
    """The noise of the columns, for all lists; what the package does by itself if not noisy."""
    if not noisy:
        return None
    config = pseudopeople.get_config()
    names = [name for name, _, _ in LISTS.values()]
    return {name: {"column_noise": tripled(config[name]["column_noise"])} for name in names}


def save(folder, other, noisy, seed):
    """Writes the census and the other list."""
    files, truth, descriptions = {}, {}, {}
    for offset, name in enumerate(["census", other]):
        _, generate, dates = LISTS[name]
        frame = generate(year=2020, seed=10 * seed + offset, config=columns_noise(noisy))
        frame = frame.sample(frac=1, random_state=seed)
        people = [(person, "", "") for person in frame["simulant_id"]]
        frame = frame.drop(columns=HIDDEN).astype(object)
        frame = frame.where(frame.notna(), "")
        files[f"{name}.csv"] = (list(frame.columns), frame.values.tolist())
        truth[f"{name}.csv"] = people
        descriptions[f"{name}.csv"] = {"columns": COLUMNS, "dates": dates}
    layout.write(folder, files, truth, {"model": "pseudopeople", "files": descriptions})


if __name__ == "__main__":
    for other in ["wic", "acs"]:
        for noisy in [False, True]:
            for seed in range(1, int(sys.argv[2]) + 1):
                noise = "noisy" if noisy else "plain"
                save(Path(sys.argv[1]) / f"{other}-{noise}-{seed}", other, noisy, seed)

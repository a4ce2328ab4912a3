"""How good clusters are against the truth. Records are numbered; a cluster is a number each."""

from collections import Counter, defaultdict


def quality(precision, recall):
    """Precision, recall and their harmonic mean."""
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def pairs_in(sizes):
    """How many pairs groups of these sizes have."""
    return sum(size * (size - 1) // 2 for size in sizes)


def pairs(truth, found):
    """Over the pairs of records in one cluster."""
    right = pairs_in(Counter(zip(truth, found, strict=True)).values())
    given, true = pairs_in(Counter(found).values()), pairs_in(Counter(truth).values())
    return quality(right / given if given else 1.0, right / true if true else 1.0)


def clusters(truth, found):
    """Record by record (B-cubed)."""
    together, given, true = Counter(zip(truth, found, strict=True)), Counter(found), Counter(truth)
    precision = sum(n * n / given[cluster] for (_, cluster), n in together.items())
    recall = sum(n * n / true[person] for (person, _), n in together.items())
    return quality(precision / len(truth), recall / len(truth))


def merged(truth, found):
    """Persons who share a cluster with a brother or sister, and with a twin: so many of so many."""
    own, members = defaultdict(set), defaultdict(list)
    for person, cluster in zip(truth.persons, found, strict=True):
        own[person].add(cluster)
    for person, family in enumerate(truth.families):
        if family >= 0:
            members[family].append(person)
    counts = Counter()
    for persons in members.values():
        for person in persons:
            others = [other for other in persons if other != person]
            twins = [other for other in others if truth.births[other] == truth.births[person]]
            for kind, kin in (("sibling", others), ("twin", twins)):
                counts[kind, "of"] += bool(kin)
                counts[kind, "count"] += any(own[person] & own[other] for other in kin)
    return {
        kind: {"count": counts[kind, "count"], "of": counts[kind, "of"]}
        for kind in ("sibling", "twin")
    }


def candidates(truth, pairs):
    """How many candidates there are and how many are true, given (file, row, file, row) once each."""
    count = met = 0
    for left_file, left_row, right_file, right_row in pairs:
        left = truth.places[left_file, int(left_row)]
        right = truth.places[right_file, int(right_row)]
        count += 1
        met += truth.persons[left] == truth.persons[right]
    return count, met

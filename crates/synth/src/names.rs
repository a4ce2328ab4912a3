//! Names as a British council meets them: drawn by heritage with frequencies that fall with rank
//! (Zipf and Mandelbrot's law), so that unrelated children share names as often as they really do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lists::{Lists, by_comma};
use crate::rng::Rng;

/// The heritages, with their share in percent.
const HERITAGES: [(&str, u32); 5] =
    [("british", 75), ("south asian", 10), ("african", 6), ("eastern european", 5), ("other", 4)];

/// Index of a heritage.
pub type Heritage = usize;

/// The heritage of a family.
pub fn heritage(rng: &mut Rng) -> Heritage {
    rng.weighted(&HERITAGES.map(|(_, share)| share))
}

/// Sex at birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Girl.
    Female,
    /// Boy.
    Male,
}

/// Names with cumulative weights, the commonest first.
struct Ranked {
    names: Vec<&'static str>,
    cumulative: Vec<u64>,
}

impl Ranked {
    /// Weights 1 / (rank + `flat`) in whole numbers: the same on every machine.
    fn new(names: Vec<&'static str>, flat: u64) -> Self {
        let mut sum = 0;
        let cumulative = (0..names.len() as u64)
            .map(|rank| {
                sum += 1_000_000_000 / (rank + flat);
                sum
            })
            .collect();
        Ranked { names, cumulative }
    }

    fn pick(&self, rng: &mut Rng) -> &'static str {
        let total = self.cumulative.last().copied().unwrap_or(0);
        let at = rng.below(total as usize) as u64;
        self.names[self.cumulative.partition_point(|sum| *sum <= at)]
    }
}

struct Names {
    female: Vec<Ranked>,
    male: Vec<Ranked>,
    surnames: Vec<Ranked>,
    first: Vec<&'static str>,
    second: Vec<&'static str>,
    nicknames: BTreeMap<&'static str, Vec<&'static str>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let forenames = by_comma(include_str!("../data/forenames.txt"));
    let surnames = by_comma(include_str!("../data/surnames.txt"));
    let mut parts = by_comma(include_str!("../data/surname_parts.txt"));
    let ranked = |lists: &Lists, suffix: &str, flat: u64| {
        let list = |(heritage, _): &(&str, u32)| lists[format!("{heritage}{suffix}").as_str()].clone();
        HERITAGES.iter().map(|heritage| Ranked::new(list(heritage), flat)).collect()
    };
    Names {
        female: ranked(&forenames, " female", 15),
        male: ranked(&forenames, " male", 15),
        surnames: ranked(&surnames, "", 18),
        first: parts.remove("first").unwrap_or_default(),
        second: parts.remove("second").unwrap_or_default(),
        nicknames: include_str!("../data/nicknames.txt")
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, short)| (name, short.split(", ").collect()))
            .collect(),
    }
});

/// A forename.
pub fn forename(heritage: Heritage, sex: Sex, rng: &mut Rng) -> &'static str {
    match sex {
        Sex::Female => NAMES.female[heritage].pick(rng),
        Sex::Male => NAMES.male[heritage].pick(rng),
    }
}

/// A surname. A third of the British ones come from the long tail of rare names.
pub fn surname(heritage: Heritage, rng: &mut Rng) -> String {
    if heritage == 0 && rng.chance(0.33) {
        return format!("{}{}", rng.pick(&NAMES.first), rng.pick(&NAMES.second));
    }
    NAMES.surnames[heritage].pick(rng).to_owned()
}

/// What else people call a child of that name.
pub fn nicknames(forename: &str) -> &'static [&'static str] {
    NAMES.nicknames.get(forename).map_or(&[], Vec::as_slice)
}

/// The name without its accents, as older systems and hurried people write it.
pub fn plain(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'ă' | 'ą' | 'ā' | 'ả' => 'a',
            'č' | 'ć' | 'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ė' | 'ē' => 'e',
            'ğ' | 'ģ' => 'g',
            'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
            'Ł' => 'L',
            'ł' => 'l',
            'ñ' | 'ń' | 'ņ' => 'n',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'Ó' => 'O',
            'ř' => 'r',
            'Ş' => 'S',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ț' | 'ţ' => 't',
            'ú' | 'ù' | 'û' | 'ü' | 'ų' | 'ū' => 'u',
            'ý' => 'y',
            'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
            'Ç' | 'Č' => 'C',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_lists_are_long_and_their_names_can_lose_every_accent() {
        let forenames = by_comma(include_str!("../data/forenames.txt"));
        for sex in [" female", " male"] {
            let all: BTreeSet<_> = forenames
                .iter()
                .filter(|(list, _)| list.ends_with(sex))
                .flat_map(|(_, names)| names)
                .collect();
            assert!(all.len() >= 400, "{sex}: {}", all.len());
        }
        let surnames = by_comma(include_str!("../data/surnames.txt"));
        let all: BTreeSet<_> = surnames.values().flatten().collect();
        assert!(all.len() >= 1000, "{}", all.len());
        for name in all.into_iter().chain(forenames.values().flatten()) {
            assert!(plain(name).is_ascii(), "{name}");
        }
    }

    #[test]
    fn common_names_are_as_common_as_they_should_be() {
        let mut rng = Rng::stream(5, "names", 0);
        let n = 50_000;
        let smiths = (0..n).filter(|_| surname(0, &mut rng) == "Smith").count() as f64 / f64::from(n);
        assert!((0.008..0.014).contains(&smiths), "{smiths}");
        let olivias = (0..n).filter(|_| forename(0, Sex::Female, &mut rng) == "Olivia").count() as f64;
        assert!((0.018..0.032).contains(&(olivias / f64::from(n))), "{olivias}");
    }

    #[test]
    fn every_nickname_belongs_to_a_name_that_occurs() {
        let forenames = by_comma(include_str!("../data/forenames.txt"));
        let all: BTreeSet<_> = forenames.values().flatten().collect();
        let known = NAMES.nicknames.keys().filter(|name| all.contains(name)).count();
        assert!(known * 10 > NAMES.nicknames.len() * 9, "{known} of {}", NAMES.nicknames.len());
    }
}

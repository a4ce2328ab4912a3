//! Every way of naming people that is known, and what becomes of it.

mod siblings;

use collate_model::{Field, FieldType, PersonName, Precision, Role, Value};
use jiff::civil::date;
use proptest::prelude::*;

use super::{clean, clean_forename, clean_surname, evidence};
use crate::fit::probe;
use crate::{Context, NameOrder};

fn field(of: &str) -> Field {
    Field { of: of.into(), ..probe(FieldType::People) }
}

fn context() -> Context {
    Context { as_at: Some(date(2021, 9, 7)), ..Context::default() }
}

/// `John/Smith 6 =Jack/ *2015-02-01 {Mother}`; `?` placeholder, `#` label, `+` unborn.
fn show(value: &Value) -> String {
    let Value::People(people) = value else { return format!("{value:?}") };
    people.iter().map(show_person).collect::<Vec<_>>().join("; ")
}

fn show_person(person: &PersonName) -> String {
    let mut out = format!("{}/{}", person.forenames, person.surname);
    for (there, mark) in [(person.unborn, "+"), (person.placeholder, "?"), (person.label, "#")] {
        if there {
            out.push_str(mark);
        }
    }
    if let Some(age) = person.age {
        out.push_str(&format!(" {age}"));
    }
    for (forenames, surname) in &person.aliases {
        out.push_str(&format!(" ={forenames}/{surname}"));
    }
    if let Some(dob) = person.dob {
        let mark = if dob.estimated { "~" } else { "*" };
        let from = dob.from.map(|date| date.to_string()).unwrap_or_default();
        let month = if dob.precision == Precision::Month { " month" } else { "" };
        out.push_str(&format!(" {mark}{from}{month}"));
    }
    if person.role != Role::Child {
        out.push_str(&format!(" {{{:?}}}", person.role));
    }
    out
}

fn check(cases: &[(&str, &str)], of: &str) {
    for (text, expected) in cases {
        let (value, doubt) = clean(text, &field(of), &context());
        let code = doubt.map(|doubt| format!(" !{}", doubt.code)).unwrap_or_default();
        assert_eq!(format!("{}{code}", show(&value)), *expected, "{text}");
    }
}

#[test]
fn one_person() {
    check(
        &[
            ("SMITH, John (DOB 01/02/15)", "John/Smith *2015-02-01"),
            ("Smith, John", "John/Smith"),
            ("John Smith", "John/Smith"),
            ("John SMITH", "John/Smith"),
            ("SMITH John", "John/Smith"),
            ("JOHN SMITH", "John/Smith"),
            ("john smith", "John/Smith"),
            ("Smith, John James", "John James/Smith"),
            ("J Smith", "J/Smith"),
            ("J.P. Smith", "J P/Smith"),
            ("Smith, J.", "J/Smith"),
            ("Smith J", "J/Smith"),
            ("Master John Smith", "John/Smith"),
            ("Miss Jane O’NEILL", "Jane/O'Neill"),
            ("VAN DER BERG, Anna", "Anna/van der Berg"),
            ("Anna van der Berg", "Anna/van der Berg"),
            ("Oliver St John", "Oliver/St John"),
            ("Jane Smith-Jones", "Jane/Smith-Jones"),
            ("Zoë Müller", "Zoë/Müller"),
            ("John Smith 01/02/2015", "John/Smith *2015-02-01"),
            ("John Smith, d.o.b. 1 Feb 2015", "John/Smith *2015-02-01"),
            ("John Smith (6 yrs)", "John/Smith 6"),
            ("John Smith aged 6", "John/Smith 6"),
            ("John Smith (18 months)", "John/Smith 1"),
            ("John Smith (M)", "John/Smith"),
            ("Re: John Smith", "John/Smith"),
        ],
        "child",
    );
}

#[test]
fn several_people() {
    check(
        &[
            ("Smith, John & Jane", "John/Smith; Jane/Smith"),
            ("SMITH, John and Jane", "John/Smith; Jane/Smith"),
            ("Smith, John, Jane and Baby", "John/Smith; Jane/Smith; /Smith+"),
            ("John (6), Jane (4) and Baby Smith", "John/Smith 6; Jane/Smith 4; /Smith+"),
            ("Oisin (6), Zaria (4) and Baby Smith", "Oisin/Smith 6; Zaria/Smith 4; /Smith+"),
            ("John and Jane Smith", "John/Smith; Jane/Smith"),
            ("John, Jane Smith", "John/Smith; Jane/Smith"),
            ("John/Jane Smith", "John/Smith; Jane/Smith"),
            ("John Smith, Jane Smith", "John/Smith; Jane/Smith"),
            ("John Smith and Jane Jones", "John/Smith; Jane/Jones"),
            ("John Smith & Jane", "John/Smith; Jane/Smith"),
            ("Smith, John; Smith, Jane", "John/Smith; Jane/Smith"),
            ("Smith, John\nJones, Jane", "John/Smith; Jane/Jones"),
            ("SMITH, John, JONES, Jane", "John/Smith; Jane/Jones"),
            ("1. John Smith\n2. Jane Smith", "John/Smith; Jane/Smith"),
            ("Smith, John (01/02/15) & Jane (03/04/17)", "John/Smith *2015-02-01; Jane/Smith *2017-04-03"),
            ("SMITH: John, Jane", "John/Smith; Jane/Smith"),
            ("Smith children: John, Jane", "John/Smith; Jane/Smith"),
            ("Smith\nJohn\nJane", "John/Smith; Jane/Smith"),
            ("J & K Smith", "J/Smith; K/Smith"),
            ("John & Jane", "John/; Jane/"),
            ("John Smith + 2", "John/Smith; /Smith?; /Smith?"),
            ("Smith (John and Jane)", "John/Smith; Jane/Smith"),
            ("Smith children (John, 6; Jane, 4)", "John/Smith 6; Jane/Smith 4"),
            ("Ahmed, Mohammed", "Mohammed/Ahmed"),
            ("John Smith, 6", "John/Smith 6"),
            ("John, Jane", "John/; Jane/ !people-ambiguous"),
            ("Smith Jones, John & Jane", "John/Smith Jones; Jane/Smith Jones !people-ambiguous"),
            ("Smith, John, Zaria, Jane", "John/Smith; Zaria/Smith; Jane/Smith !people-ambiguous"),
            ("John Smith, Jane and Bob Jones", "John/Smith; Jane/Smith; Bob/Jones !people-ambiguous"),
        ],
        "child",
    );
}

#[test]
fn people_with_surnames_of_their_own() {
    check(
        &[
            (
                "Otis Marlton & MARLTON, Florence & MARLTON, Lee & MARLTON, Luke",
                "Otis/Marlton; Florence/Marlton; Lee/Marlton; Luke/Marlton",
            ),
            ("Eloise Flynn & DAVIS, Keznie & DAVIS, Iris", "Eloise/Flynn; Keznie/Davis; Iris/Davis"),
            ("Toni Lamb / WALTON, Dexter / WALTON, Lola", "Toni/Lamb; Dexter/Walton; Lola/Walton"),
            ("Harper Hawkins / DUNGATE, Poppy", "Harper/Hawkins; Poppy/Dungate"),
            ("Poppy Forster & ROSE, Isla & Joanne Forster", "Poppy/Forster; Isla/Rose; Joanne/Forster"),
            ("Hunter Hayes & FOSTER, Lily Alice", "Hunter/Hayes; Lily Alice/Foster"),
            ("Babatunde Eze & EZE, Shanice", "Babatunde/Eze; Shanice/Eze"),
            ("O Miller & MILLER, Megan", "O/Miller; Megan/Miller"),
            ("Emre Van der Berg & VAN DER BERG, Linh", "Emre/Van der Berg; Linh/van der Berg"),
            ("VAN DER BERG, Anna & Ó BRIAIN, Inès", "Anna/van der Berg; Inès/Ó Briain"),
            ("Smith, John & Jones, Jane", "John/Smith; Jane/Jones"),
            ("Smith, John / Jones, Zaria", "John/Smith; Zaria/Jones"),
            ("John Smith & Jones, Jane", "John/Smith; Jane/Jones !people-ambiguous"),
            ("John Smith & Smith, Jane", "John/Smith; Jane/Smith"),
            ("SMITH, John James / JONES, Jane", "John James/Smith; Jane/Jones"),
            ("SMITH, John & JONES, Jane & Bob", "John/Smith; Jane/Jones; Bob/Jones"),
            ("SMITH, John & JONES, Jane & Ann Smith", "John/Smith; Jane/Jones; Ann/Smith"),
            (
                "PEREIRA, José / PEREIRA, Leonor / Nour De Souza",
                "José/Pereira; Leonor/Pereira; Nour/De Souza !people-ambiguous",
            ),
            ("SMITH, John & JONES, Jane & UBB Hall", "John/Smith; Jane/Jones; /Hall+"),
            ("SMITH, John & Baby Smith", "John/Smith; /Smith+"),
            ("SMITH, John & UBB", "John/Smith; /Smith+"),
            ("SMITH, John & Jane Ann", "John/Smith; Jane Ann/Smith"),
            ("John, Jane & Jack, Ann", "John/; Jane/; Jack/; Ann/"),
            ("SMITH/JONES, John & Jane", "John/Smith =/Jones; Jane/Smith =/Jones"),
            ("V Smith & Jane Smith", "V/Smith; Jane/Smith"),
            ("Jane SMITH--JONES", "Jane/Smith-Jones"),
            ("SMITH, Jane\nLIAM, Smith", "Jane/Smith; Liam/Smith !people-ambiguous"),
            ("Jane Smith & Smith Liam", "Jane/Smith; Liam/Smith !people-ambiguous"),
        ],
        "child",
    );
}

#[test]
fn a_surname_for_everybody() {
    check(
        &[
            (
                "Emily, Jacob Gary (9) and Scarlett (1) Clarke",
                "Emily/Clarke; Jacob Gary/Clarke 9; Scarlett/Clarke 1",
            ),
            (
                "Maya, Oliver (11) and Joel (2) Thurlcombe",
                "Maya/Thurlcombe; Oliver/Thurlcombe 11; Joel/Thurlcombe 2",
            ),
            ("Glen Zac (13) and Hollie (3) Berry", "Glen Zac/Berry 13; Hollie/Berry 3"),
            ("Hugo Thomas (13) and Jake (2) Hill", "Hugo Thomas/Hill 13; Jake/Hill 2 !people-ambiguous"),
            ("Anna (13) and M (0) Van der Berg", "Anna/Van der Berg 13; M/Van der Berg 0"),
            ("Harper W (8) and James (0) White", "Harper W/White 8; James/White 0"),
            ("John (6) Smith, Jane (4) Jones", "John/Smith 6; Jane/Jones 4"),
            ("SMITH, John (6) & Jane (4) Ann", "John/Smith 6; Jane Ann/Smith 4"),
            (
                "Cook, William, Spencer, Natasha, Jake, Sophie & Grayson H",
                "William/Cook; Spencer/Cook; Natasha/Cook; Jake/Cook; Sophie/Cook; Grayson H/Cook",
            ),
            ("Green, Judith & Benjamin T", "Judith/Green; Benjamin T/Green"),
            ("John, Jane & Jack S", "John/S; Jane/S; Jack/S"),
            ("Smith, Jane (6) & Bob Lee (4)", "Jane/Smith 6; Bob Lee/Smith 4"),
            ("Zaria, Jane & Bob Smith", "Zaria/Smith; Jane/Smith; Bob/Smith !people-ambiguous"),
        ],
        "child",
    );
}

#[test]
fn families_without_names_are_placeholders() {
    check(
        &[
            ("Smith x3", "/Smith?; /Smith?; /Smith?"),
            ("Smith x 3", "/Smith?; /Smith?; /Smith?"),
            ("SMITH children (3)", "/Smith?; /Smith?; /Smith?"),
            ("Smith (3)", "/Smith?; /Smith?; /Smith?"),
            ("3 Smith children", "/Smith?; /Smith?; /Smith?"),
            ("SMITH children", "/Smith?"),
            ("Smith family", "/Smith?"),
            ("SMITH", "/Smith?"),
            ("Smith", "/Smith?"),
            ("Re Smith (Children)", "/Smith?"),
            ("Smith/Jones", "/Smith? =/Jones"),
            ("Smith & Jones", "/Smith?; /Jones?"),
            ("Smith sibling group of 3", "/Smith?; /Smith?; /Smith?"),
            ("(Smith)", "/Smith?"),
            ("Smith (DOB 01/02/15)", "/Smith *2015-02-01"),
            ("John (6)", "John/ 6"),
        ],
        "child",
    );
}

#[test]
fn unborn_children() {
    check(
        &[
            ("UBB Smith", "/Smith+"),
            ("UB Smith", "/Smith+"),
            ("unborn baby Smith", "/Smith+"),
            ("Baby of Jane Smith EDD 01/01/22", "/Smith+ ~2022-01-01"),
            ("Unborn child of Jane Smith", "/Smith+"),
            ("Smith, Unborn", "/Smith+"),
            ("Smith (unborn)", "/Smith+"),
            ("Baby Smith", "/Smith+"),
            ("Baby boy Smith", "/Smith+"),
            ("Baby Jane Smith", "Jane/Smith"),
            ("Baby Smith (EDD 12/21)", "/Smith+ ~2021-12-01 month"),
            ("Smith, John & UBB", "John/Smith; /Smith+"),
            ("Unborn twins Smith", "/Smith+; /Smith+"),
            ("Unborn", "/+"),
        ],
        "child",
    );
}

#[test]
fn labels() {
    check(
        &[
            ("Re YY", "/YY#"),
            ("Re: YY", "/YY#"),
            ("YY", "/YY#"),
            ("YY (Children)", "/YY#"),
            ("Child A", "/Child A#"),
            ("JS", "/JS#"),
            ("J.S.", "/J.S.#"),
            ("BT & GT", "/BT#; /GT#"),
            ("A, B and C", "/A#; /B#; /C#"),
            ("Herefordshire v AB", "/Herefordshire v AB#"),
            ("HEREFORDSHIRE V SMITH", "/HEREFORDSHIRE V SMITH#"),
        ],
        "child",
    );
}

#[test]
fn other_names() {
    check(
        &[
            ("John Smith a.k.a. Jones", "John/Smith =/Jones"),
            ("Smith a.k.a. Jones", "/Smith? =/Jones"),
            ("John Smith AKA Jack Jones", "John/Smith =Jack/Jones"),
            ("John Smith k/a Jack", "John/Smith =Jack/"),
            ("John Smith known as Jack", "John/Smith =Jack/"),
            ("Jane Smith (formerly Brown)", "Jane/Smith =/Brown"),
            ("Jane Smith née Brown", "Jane/Smith =/Brown"),
            ("John (Jack) Smith", "John/Smith =Jack/"),
            ("John Smith (Jack)", "John/Smith =Jack/"),
            ("SMITH (aka Jones), John", "John/Smith =/Jones"),
            ("John Smith/Jones", "John/Smith =/Jones"),
            ("Smith/Jones, John & Jane", "John/Smith =/Jones; Jane/Smith =/Jones"),
        ],
        "child",
    );
}

#[test]
fn roles() {
    check(
        &[
            ("Jane Smith (mother), John Smith (child)", "Jane/Smith {Mother}; John/Smith"),
            ("Mother: Jane Smith; Father - Bob Jones", "Jane/Smith {Mother}; Bob/Jones {Father}"),
            ("Jane Smith (M) & John Smith (F)", "Jane/Smith {Mother}; John/Smith {Father}"),
            ("Jane Smith (MGM)", "Jane/Smith {Other}"),
            ("Jane Smith, mother, DOB 01/02/80", "Jane/Smith *1980-02-01 {Mother}"),
            ("Jane Smith - mother", "Jane/Smith {Mother}"),
        ],
        "claimant",
    );
}

#[test]
fn a_cell_that_says_who_is_a_child_says_who_the_others_are() {
    check(
        &[
            (
                "Elizabeth Bradworth (M); Oscar Bradworth (child); Natasha Bradworth (child)",
                "Elizabeth/Bradworth {Mother}; Oscar/Bradworth; Natasha/Bradworth",
            ),
            ("Alfie Davies (child) & Poppy Davies (M)", "Alfie/Davies; Poppy/Davies {Mother}"),
            (
                "Logan Carr (father) & Martha Carr (child) & James Csrr",
                "Logan/Carr {Father}; Martha/Carr; James/Csrr",
            ),
            ("Alfie Davies (M) & Poppy Davies (F)", "Alfie/Davies; Poppy/Davies"),
        ],
        "child",
    );
}

#[test]
fn families_of_several_lines_and_dates() {
    check(
        &[
            (
                "DAVIES, George (dob 10.05.09), Maddison (02/05/2013) & Blake (DOB 23/10/18)",
                "George/Davies *2009-05-10; Maddison/Davies *2013-05-02; Blake/Davies *2018-10-23",
            ),
            ("BLACKTON, Beatrice", "Beatrice/Blackton"),
            (
                "David QUAYE (dob 10.03.08)\nQuaye KOFI\nAdwoa QUAYE",
                "David/Quaye *2008-03-10; Kofi/Quaye; Adwoa/Quaye !people-ambiguous",
            ),
            ("Anna JAMES\nJames BROWN", "Anna/James; James/Brown"),
            ("Anna QUAYE\nKofi QUAYE\nQuaye KOFI", "Anna/Quaye; Kofi/Quaye; Quaye/Kofi"),
            ("Smith, Smith John & Jane", "John/Smith; Jane/Smith"),
        ],
        "child",
    );
}

#[test]
fn surnames_first() {
    let context = Context { names: NameOrder::SurnameFirst, ..context() };
    for (text, expected) in [
        ("Marlston Olivia", "Olivia/Marlston"),
        ("Johnson L", "L/Johnson"),
        ("Oxstead Keira Maia", "Keira Maia/Oxstead"),
        ("Palmer-Rushlock AKA Rushlock Isla", "Isla/Palmer-Rushlock =/Rushlock"),
        ("Palmer AKA Rushlock", "/Palmer? =/Rushlock"),
        ("Palmer Isla AKA Rushlock Izzy", "Isla/Palmer =Izzy/Rushlock"),
        ("Palmer/Rushlock Isla", "Isla/Palmer =/Rushlock"),
        ("Marlston Olivia & Jack", "Olivia/Marlston; Jack/Marlston"),
        ("Marlston Olivia, Jack and Zaria", "Olivia/Marlston; Jack/Marlston; Zaria/Marlston"),
        ("Marlston Olivia/Zaria", "Olivia/Marlston; Zaria/Marlston"),
        ("Marlston Olivia (dob 1/2/15) & Jack (6)", "Olivia/Marlston *2015-02-01; Jack/Marlston 6"),
        ("Marlston Olivia\nOxstead Zaria", "Olivia/Marlston; Zaria/Oxstead"),
        ("Marlston Zaria, Jack", "Zaria/Marlston; Jack/Marlston !people-ambiguous"),
        ("Olivia Marlston", "Olivia/Marlston !people-ambiguous"),
        ("Olivia & Jack Marlston", "Olivia/Marlston; Jack/Marlston !people-ambiguous"),
        ("Marlston, Zaria Kofi", "Zaria Kofi/Marlston"),
        ("Zaria MARLSTON", "Zaria/Marlston"),
        ("Nash a.k.a. Douglas Evie", "Evie/Nash =/Douglas"),
        ("Kelsey AKA Blake Callum", "Callum/Kelsey =/Blake"),
        ("Le Jane", "Jane/Le"),
        ("Le Yousef", "Yousef/Le !people-ambiguous"),
        ("Le family", "/Le?"),
        ("Rodrigues-Van der Berg Léa", "Léa/Rodrigues-Van der Berg"),
        ("Dos Santos Matteo A", "Matteo A/Dos Santos"),
        ("Wright Zaria V", "Zaria V/Wright"),
        ("UBB Marlston", "/Marlston+"),
        ("Marlston x3", "/Marlston?; /Marlston?; /Marlston?"),
    ] {
        let (value, doubt) = clean(text, &field("child"), &context);
        let code = doubt.map(|doubt| format!(" !{}", doubt.code)).unwrap_or_default();
        assert_eq!(format!("{}{code}", show(&value)), expected, "{text}");
    }
}

#[test]
fn evidence_of_the_order_of_names() {
    let (forename, surname) = (Some(NameOrder::ForenameFirst), Some(NameOrder::SurnameFirst));
    for (text, order) in [
        ("Marlston Olivia & Jack", surname),
        ("Marlston Olivia (dob 1/2/15)", surname),
        ("Marlston Olivia; Jane Carr", None),
        ("Jane Carr, Jack Carr", forename),
        ("Marlston, Olivia Jane", None),
        ("Re YY", None),
        ("Unborn Marlston Olivia", None),
        ("see Olivia", None),
    ] {
        assert_eq!(evidence(text), order, "{text}");
    }
}

#[test]
fn what_is_no_name_is_said_to_be_none() {
    check(
        &[
            ("see separate sheet", "Unreadable !people-unreadable"),
            ("as above", "Unreadable !people-unreadable"),
            ("12345", "Unreadable !people-unreadable"),
            ("TBC", "Missing"),
            ("John Smith by his litigation friend Jane Smith", "John/Smith !people-partly-read"),
            ("Jane Smith mother of John", "Jane/Smith {Mother} !people-partly-read"),
            ("Jane Smith lives with aunt", "Jane/Smith !people-partly-read"),
            ("Smith, John LE14C00441", "John/Smith !people-partly-read"),
            ("Sid Park - CLOSED", "Sid/Park !people-partly-read"),
            ("Eve Orr - DO NOT CONTACT FATHER", "Eve/Orr !people-partly-read"),
            ("Bo Marsh & Di Marsh", "Bo/Marsh; Di/Marsh"),
            ("Al Marsh", "Al/Marsh"),
            ("Van Nguyen", "Van/Nguyen"),
            ("Di Marco, Anna", "Anna/Di Marco !people-ambiguous"),
        ],
        "child",
    );
}

#[test]
fn parts_of_names() {
    for (text, expected) in [
        ("JOHN", "John/"),
        ("John (Jack)", "John/ =Jack/"),
        ("John aka Jack", "John/ =Jack/"),
        ("Baby", "Missing"),
        ("UBB", "/+"),
        ("J", "J/"),
    ] {
        assert_eq!(show(&clean_forename(text).0), expected, "{text}");
    }
    for (text, expected) in [
        ("SMITH", "/Smith"),
        ("SMITH-JONES", "/Smith-Jones"),
        ("Smith (formerly Brown)", "/Smith =/Brown"),
        ("Smith/Jones", "/Smith =/Jones"),
        ("O'NEILL", "/O'Neill"),
        ("VAN DER BERG", "/van der Berg"),
        ("LI", "/Li"),
    ] {
        assert_eq!(show(&clean_surname(text).0), expected, "{text}");
    }
    assert_eq!(clean_forename("John & Jane").1.map(|flaw| flaw.code), Some("people-several"));
    assert_eq!(clean_forename("123").0, Value::Unreadable);
}

proptest! {
    #[test]
    fn never_panics(text in "(.|\n){0,40}") {
        clean(&text, &field("child"), &context());
        clean_forename(&text);
        clean_surname(&text);
    }

    #[test]
    fn never_panics_on_nearly_names(
        text in "(Smith|JONES|John|Jane|baby|unborn|x3|\\(6\\)|\\(dob 1/2/15\\)|aka|mother|his mother|\\(with mother\\)|Twin 1|twins|\\(twins\\)|Jr|Test3|family 7|children|[-,;&/:\n(). ]| |2){0,10}",
    ) {
        clean(&text, &field("child"), &context());
        clean(&text, &field("claimant"), &context());
        clean(&text, &field("child"), &Context { names: NameOrder::SurnameFirst, ..context() });
        evidence(&text);
    }

    #[test]
    fn one_printed_name_reads_back(forename in "[B-Z][a-z]{3,8}", surname in "[B-Z][b-z]{3,8}") {
        for text in [format!("{forename} {}", surname.to_uppercase()), format!("{}, {forename}", surname.to_uppercase())] {
            let vocabulary = |word: &str| super::vocabulary::meaning(&word.to_lowercase()).is_some();
            if vocabulary(&forename) || vocabulary(&surname) || surname.starts_with("Mc") {
                continue;
            }
            let shown = show(&clean(&text, &field("child"), &context()).0);
            prop_assert_eq!(shown, format!("{forename}/{surname}"));
        }
    }
}

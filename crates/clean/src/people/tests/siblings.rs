//! Cells that name several children of one family, adults beside children, numbered children and
//! twins.

use super::super::{clean_forename, clean_surname, fold_name};
use super::{check, show};

#[test]
fn a_surname_is_written_again_before_or_after_each_child() {
    check(
        &[
            ("Lunt, Amy and Lunt, Zac", "Amy/Lunt; Zac/Lunt"),
            ("Orme, Amy & Orme, Zac", "Amy/Orme; Zac/Orme"),
            ("Shaw, Amy (5) and Shaw, Zac (3)", "Amy/Shaw 5; Zac/Shaw 3"),
            (
                "Stott, Amy (dob 1/2/19) & Stott, Zac (dob 3/4/21)",
                "Amy/Stott *2019-02-01; Zac/Stott *2021-04-03",
            ),
            ("Okoro, Chidi and Ngozi Okoro", "Chidi/Okoro; Ngozi/Okoro"),
            ("Lunt, Amy & Zac Lunt", "Amy/Lunt; Zac/Lunt"),
            ("Kai Dent (and sibling Lou)", "Kai/Dent; Lou/Dent"),
            ("Dent, Kai (and sibling Lou)", "Kai/Dent; Lou/Dent"),
            ("Rudd, Amy, Rudd, Zac", "Amy/Rudd; Zac/Rudd"),
            ("Okoro, Chidi, Okoro, Ngozi", "Chidi/Okoro; Ngozi/Okoro"),
            ("Rudd, Amy (5), Rudd, Zac (3)", "Amy/Rudd 5; Zac/Rudd 3"),
            ("Rudd, Amy, Rudd, Zac, Rudd, Ivy", "Amy/Rudd; Zac/Rudd; Ivy/Rudd"),
            ("Lunt, Amy, Lunt, Zac and Lunt, Ivy", "Amy/Lunt; Zac/Lunt; Ivy/Lunt"),
            ("Lunt, Amy and Lunt, Baby", "Amy/Lunt; /Lunt+"),
            ("Smith Jones, Amy and Smith Jones, Zac", "Amy/Smith Jones; Zac/Smith Jones"),
            ("Van der Berg, Amy & Van der Berg, Zac", "Amy/Van der Berg; Zac/Van der Berg"),
            ("Lunt, Amy and Orme, Zac", "Amy/Lunt; Zac/Orme"),
            ("Smith, John, Zaria, Jane", "John/Smith; Zaria/Smith; Jane/Smith !people-ambiguous"),
        ],
        "child",
    );
}

#[test]
fn an_adult_in_a_remark_is_not_the_child() {
    check(
        &[
            ("Liam Barr (mother: Ann Barr)", "Liam/Barr !people-partly-read"),
            ("Liam Barre (mother Ann Barre)", "Liam/Barre !people-partly-read"),
            ("Lyle, Sam (mother's partner: Joe)", "Sam/Lyle !people-partly-read"),
            ("Liam Penn (lives with mother)", "Liam/Penn !people-partly-read"),
            ("liam penn (with nan)", "Liam/Penn !people-partly-read"),
            ("Liam Barr (mother: Ann Barr, dob 1/2/80)", "Liam/Barr !people-partly-read"),
            ("Liam Barr (mother Ann Barr dob 1/2/80)", "Liam/Barr !people-partly-read"),
            ("Liam Barr (lives with mother, dob 1/2/15)", "Liam/Barr *2015-02-01 !people-partly-read"),
            ("Liam Barr (parents Ann, Joe and Amy)", "Liam/Barr !people-partly-read"),
            ("Liam Barr and Mum", "Liam/Barr !people-partly-read"),
            ("Barr, Liam and mother Mrs Ann Barr", "Liam/Barr; Ann/Barr {Mother}"),
            ("Okoro, Chidi and his mother Ngozi Okoro", "Chidi/Okoro; Ngozi/Okoro {Mother}"),
            ("Liam Barr and his sister Amy Barr", "Liam/Barr; Amy/Barr"),
            ("Ann Barr (mother)", "Ann/Barr {Mother}"),
            ("Ann Barr (birth mother)", "Ann/Barr {Mother}"),
            ("Ann Barr (mother of Liam)", "Ann/Barr {Mother}"),
            ("Joe Barr (father)", "Joe/Barr {Father}"),
            ("Joe Barr (step father)", "Joe/Barr {Other}"),
            ("Joe Barr (mother's partner)", "Joe/Barr {Other}"),
        ],
        "child",
    );
}

#[test]
fn numbers_tell_children_apart() {
    check(
        &[
            ("Twin 1 Dacre, Twin 2 Dacre", "Twin 1/Dacre; Twin 2/Dacre"),
            ("Twin 1 Zed", "Twin 1/Zed"),
            ("TWIN 2 ZED", "Twin 2/Zed"),
            ("Dacre, Twin 1 and Twin 2", "Twin 1/Dacre; Twin 2/Dacre"),
            ("Dacre Twin 1", "Twin 1/Dacre"),
            ("Twin 1 Amy Dacre", "Amy/Dacre"),
            ("Triplet 2 Zed", "Triplet 2/Zed"),
            ("Boy 1 Zed", "Boy 1/Zed"),
            ("Baby 1 Zed", "Baby 1/Zed+"),
            ("Unborn twin 1 Zed", "Twin 1/Zed+"),
            ("Test3 Smith", "Test3/Smith"),
            ("Forename12 Surname12", "Forename12/Surname12"),
            ("Surname12, Forename12", "Forename12/Surname12"),
            ("Child 7 Family 7", "Child 7/Family 7"),
            ("Smith family 3", "/Smith?; /Smith?; /Smith?"),
            ("John Smith (Jr)", "John Jr/Smith"),
            ("John Smith (Sr)", "John Sr/Smith"),
            ("John Smith Jnr", "John Jr/Smith"),
            ("Smith Snr, John", "John Sr/Smith"),
            ("John Smith III", "John III/Smith"),
        ],
        "child",
    );
    for (text, forename, surname) in [
        ("Twin 1", "Twin 1/", "/Twin 1"),
        ("TRIPLET 2", "Triplet 2/", "/Triplet 2"),
        ("Boy 1", "Boy 1/", "/Boy 1"),
        ("Infant 2", "Infant 2/", "/Infant 2"),
        ("Child 7", "Child 7/", "/Child 7"),
        ("Family 7", "Family 7/", "/Family 7"),
        ("Baby 1", "Baby 1/", "/Baby 1"),
        ("Alpha 7", "Alpha 7/", "/Alpha 7"),
        ("Test3", "Test3/", "/Test3"),
        ("Forename12", "Forename12/", "/Forename12"),
        ("John Jr", "John Jr/", "/John Jr"),
        ("John (Snr)", "John Sr/", "/John Sr"),
        ("1. John", "John/", "/John"),
        ("John (6)", "John/", "/John"),
    ] {
        assert_eq!(show(&clean_forename(text).0), forename, "{text}");
        assert_eq!(show(&clean_surname(text).0), surname, "{text}");
    }
    for (text, folded) in [("Twin 1", "twin 1"), ("Test3", "test3"), ("Family #7", "family 7")] {
        assert_eq!(fold_name(text), folded);
    }
}

#[test]
fn a_part_of_a_name_may_be_missing() {
    for text in ["N/A", "TBC", "Unknown", "-", "not known", "to be confirmed", "Baby", "Baby boy"] {
        assert_eq!(show(&clean_forename(text).0), "Missing", "{text}");
        assert_eq!(show(&clean_surname(text).0), "Missing", "{text}");
        assert!(clean_forename(text).1.is_none(), "{text}");
    }
}

#[test]
fn twins_share_the_date_after_them() {
    check(
        &[
            ("Moss twins - Ivy + Rose (03/04/2020)", "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03"),
            ("Moss twins Ivy and Rose 03/04/2020", "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03"),
            ("twins Ivy & Rose Moss (03/04/2020)", "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03"),
            ("Aled Rees & Bryn Rees (twins) 14/06/2019", "Aled/Rees *2019-06-14; Bryn/Rees *2019-06-14"),
            ("Aled Rees and Bryn Rees, twins, 14/06/2019", "Aled/Rees *2019-06-14; Bryn/Rees *2019-06-14"),
            (
                "Aled Rees (twin) & Bryn Rees (twin) 14/06/2019",
                "Aled/Rees *2019-06-14; Bryn/Rees *2019-06-14",
            ),
            ("Moss, Ivy & Rose (twins, dob 03/04/2020)", "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03"),
            ("Moss, Ivy & Rose (twins 03/04/2020)", "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03"),
            (
                "Moss triplets: Ivy, Rose and Lily 03/04/2020",
                "Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03; Lily/Moss *2020-04-03",
            ),
            (
                "Moss, Sam (01/02/2015), twins Ivy & Rose (03/04/2020)",
                "Sam/Moss *2015-02-01; Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03",
            ),
            (
                "Moss, Sam, Ivy & Rose (twins) 03/04/2020",
                "Sam/Moss; Ivy/Moss *2020-04-03; Rose/Moss *2020-04-03",
            ),
            // More children than twins: whose date it is, is not said.
            ("Moss twins - Ivy, Rose + Lily (03/04/2020)", "Ivy/Moss; Rose/Moss; Lily/Moss *2020-04-03"),
            ("Moss, Ivy (5) & Rose (twins) 03/04/2020", "Ivy/Moss 5; Rose/Moss *2020-04-03"),
            ("Moss, Ivy & Rose (03/04/2020)", "Ivy/Moss; Rose/Moss *2020-04-03"),
            ("Moss, Ivy and twins", "Ivy/Moss; /Moss?; /Moss?"),
        ],
        "child",
    );
}

#[test]
fn a_baby_with_a_day_of_birth_is_born() {
    check(
        &[
            ("Baby Carter 01/02/2020", "/Carter *2020-02-01"),
            ("Carter, Baby (dob 01/02/2020)", "/Carter *2020-02-01"),
            ("Baby twins Carter dob 01/02/2020", "/Carter *2020-02-01; /Carter *2020-02-01"),
            ("Baby of Ann Carter (01/02/2020)", "/Carter *2020-02-01"),
            ("Baby Carter (EDD 01/02/2022)", "/Carter+ ~2022-02-01"),
            ("UBB Carter (01/02/2022)", "/Carter+ *2022-02-01"),
            ("Baby Carter", "/Carter+"),
        ],
        "child",
    );
}

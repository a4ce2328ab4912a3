//! Common forenames that are rarely surnames. They only break ties in how a cell is to be
//! read (`John, Jane Smith` or `Smith, John`); a name that isn't here is no less a name.

/// In order, so that they can be searched.
#[rustfmt::skip]
const FORENAMES: &[&str] = &[
    "aaliyah", "aaron", "abbie", "abigail", "adrian", "aidan", "aiden", "aimee", "alex", "alexa",
    "alexandra", "alfie", "alice", "alicia", "alisha", "amanda", "amber", "amelia", "amelie", "amy",
    "andrea", "andrew", "angela", "anita", "ann", "anna", "anne", "annie", "antonia", "archie", "ava",
    "ayla", "barbara", "beatrice", "becky", "beth", "bethany", "betty", "bonnie", "brian", "caitlin",
    "callum", "carly", "carol", "caroline", "carrie", "catherine", "cerys", "charlie", "charlotte",
    "chelsea", "cheryl", "chloe", "christina", "christine", "christopher", "claire", "clare", "colin",
    "corey", "courtney", "daisy", "danielle", "daria", "darren", "debbie", "deborah", "declan", "denise",
    "diana", "diane", "donna", "eileen", "elaine", "eleanor", "eliza", "elizabeth", "ella", "ellie",
    "eloise", "elsie", "emilia", "emily", "emma", "erin", "esme", "ethan", "evelyn", "evie", "felicity",
    "finlay", "finley", "fiona", "florence", "freddie", "freya", "gemma", "georgia", "georgina", "gillian",
    "hannah", "harriet", "hayley", "heidi", "helen", "hollie", "imogen", "irene", "isabel", "isabella",
    "isabelle", "isaiah", "isla", "jack", "jackie", "jacqueline", "jade", "jaden", "jake", "jamie", "jane",
    "janet", "janice", "jasmin", "jasmine", "jason", "jayden", "jemma", "jennifer", "jenny", "jeremy",
    "jess", "jessica", "jill", "jimmy", "joanna", "joanne", "jodie", "john", "jonathan", "josephine",
    "joshua", "judith", "judy", "julia", "julie", "karen", "kate", "katherine", "kathleen", "kathryn",
    "katie", "katrina", "kayla", "kayleigh", "keira", "kelsey", "kevin", "kian", "kieran", "kimberley",
    "kirsty", "kylie", "lara", "laura", "lauren", "layla", "leah", "leanne", "lena", "lexi", "liam",
    "libby", "lilly", "lily", "linda", "lisa", "liz", "lizzie", "lola", "lorraine", "lottie", "louie",
    "louisa", "louise", "luca", "lucia", "lucy", "lydia", "mabel", "maddison", "madeleine", "maisie",
    "margaret", "maria", "marie", "martha", "mary", "mateo", "matilda", "maureen", "megan", "melanie",
    "melissa", "michelle", "mike", "millie", "miriam", "molly", "naomi", "natalie", "natasha", "niamh",
    "nicola", "nicole", "nina", "olivia", "oscar", "paige", "pamela", "patricia", "paula", "pauline",
    "penelope", "penny", "phoebe", "poppy", "priya", "rachael", "rachel", "rebecca", "reggie", "rita",
    "robyn", "ronnie", "rory", "rosalind", "rosie", "ruby", "saffron", "sally", "samantha", "sandra",
    "sara", "sarah", "scarlett", "sean", "sebastian", "shannon", "sharon", "sheila", "sienna", "skye",
    "sofia", "sonia", "sophia", "sophie", "stacey", "stella", "stephanie", "steve", "steven", "stuart",
    "sue", "susan", "suzanne", "tamara", "tanya", "tara", "teddy", "teresa", "theo", "theodore", "theresa",
    "tia", "tiffany", "tilly", "tim", "timothy", "tina", "toby", "tom", "tommy", "tony", "tracey", "tracy",
    "valerie", "vanessa", "vera", "veronica", "victoria", "violet", "vivian", "wendy", "willow", "yvonne",
    "zac", "zach", "zachary", "zara", "zoe",
];

/// The folded word is a common forename.
pub(super) fn is_forename(folded: &str) -> bool {
    FORENAMES.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(FORENAMES.is_sorted());
        assert!(is_forename("john") && is_forename("jane") && !is_forename("smith"));
    }
}

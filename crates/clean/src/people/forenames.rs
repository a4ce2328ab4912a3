//! Common forenames that are rarely surnames. They only break ties in how a cell is to be
//! read (`John, Jane Smith` or `Smith, John`); a name that isn't here is no less a name.

/// In order, so that they can be searched.
#[rustfmt::skip]
const FORENAMES: &[&str] = &[
    "aaliyah", "aaron", "abbie", "abdul", "abdullah", "abigail", "adam", "adrian", "ahmed", "aidan",
    "aiden", "aimee", "aisha", "alan", "alex", "alexa", "alexander", "alexandra", "alfie", "alice",
    "alicia", "alisha", "amanda", "amber", "amelia", "amelie", "amina", "amir", "amy", "andrea", "andrew",
    "angela", "anita", "ann", "anna", "anne", "annie", "antonia", "anya", "archie", "aria", "arlo",
    "arthur", "arya", "ava", "ayesha", "ayla", "barbara", "beatrice", "becky", "ben", "benjamin", "beth",
    "bethany", "betty", "bilal", "bobby", "bonnie", "brian", "caitlin", "callum", "carl", "carly", "carol",
    "caroline", "carrie", "catherine", "cerys", "charlie", "charlotte", "chelsea", "cheryl", "chloe",
    "christina", "christine", "christopher", "claire", "clare", "colin", "connor", "conor", "corey",
    "courtney", "craig", "daisy", "daniel", "danielle", "daria", "darren", "dave", "david", "dawn",
    "debbie", "deborah", "declan", "denise", "derek", "diana", "diane", "dominic", "donna", "dylan", "eden",
    "edward", "eileen", "elaine", "eleanor", "eliza", "elizabeth", "ella", "ellie", "eloise", "elsie",
    "emilia", "emily", "emma", "emmanuel", "eric", "erin", "esme", "ethan", "eva", "eve", "evelyn", "evie",
    "ezra", "faith", "fatima", "felicity", "finlay", "finley", "fiona", "florence", "freddie", "freya",
    "gabriel", "gareth", "gary", "gavin", "gemma", "georgia", "georgina", "gillian", "grace", "hamza",
    "hannah", "harriet", "harvey", "hayley", "hazel", "heather", "heidi", "helen", "henry", "hollie",
    "holly", "ian", "ibrahim", "imogen", "irene", "isaac", "isabel", "isabella", "isabelle", "isaiah",
    "isla", "ivy", "jack", "jackie", "jacob", "jacqueline", "jade", "jaden", "jake", "jamie", "jan", "jane",
    "janet", "janice", "jasmin", "jasmine", "jason", "jayden", "jean", "jemma", "jennifer", "jenny",
    "jeremy", "jess", "jessica", "jill", "jimmy", "joan", "joanna", "joanne", "jodie", "joe", "joel",
    "john", "jonathan", "josephine", "josh", "joshua", "judith", "judy", "julia", "julie", "june", "kai",
    "karen", "kate", "katherine", "kathleen", "kathryn", "katie", "katrina", "kayla", "kayleigh", "keira",
    "kelsey", "kevin", "kian", "kieran", "kim", "kimberley", "kirsty", "kyle", "kylie", "lara", "laura",
    "lauren", "layla", "leah", "leanne", "leila", "lena", "leo", "leon", "lexi", "liam", "libby", "lilly",
    "lily", "linda", "lisa", "liz", "lizzie", "logan", "lola", "lorraine", "lottie", "louie", "louisa",
    "louise", "luca", "lucia", "lucy", "luke", "luna", "lydia", "lynn", "mabel", "maddison", "madeleine",
    "maisie", "margaret", "maria", "mariam", "marie", "mark", "martha", "mary", "maryam", "mateo",
    "matilda", "matt", "matthew", "maureen", "maya", "megan", "melanie", "melissa", "mia", "michael",
    "michelle", "mike", "mila", "millie", "miriam", "mohamed", "mohammad", "mohammed", "molly", "muhammad",
    "naomi", "natalie", "natasha", "nathan", "nathaniel", "niamh", "nicholas", "nick", "nicola", "nicole",
    "nigel", "nina", "noah", "nora", "olivia", "omar", "oscar", "owen", "paige", "pamela", "patricia",
    "patrick", "paula", "pauline", "penelope", "penny", "peter", "phil", "philip", "phillip", "phoebe",
    "poppy", "priya", "rachael", "rachel", "ralph", "rebecca", "reggie", "rhys", "richard", "riley", "rita",
    "robert", "robin", "robyn", "roman", "ronnie", "rory", "rosa", "rosalind", "rosie", "ruby", "ruth",
    "saffron", "sally", "sam", "samantha", "samuel", "sandra", "sara", "sarah", "scarlett", "sean",
    "sebastian", "shannon", "sharon", "sheila", "sienna", "simon", "skye", "sofia", "sonia", "sophia",
    "sophie", "stacey", "stella", "stephanie", "stephen", "steve", "steven", "stuart", "sue", "susan",
    "suzanne", "tamara", "tanya", "tara", "teddy", "teresa", "theo", "theodore", "theresa", "tia",
    "tiffany", "tilly", "tim", "timothy", "tina", "toby", "tom", "tommy", "tony", "tracey", "tracy",
    "valerie", "vanessa", "vera", "veronica", "victor", "victoria", "vincent", "violet", "vivian", "wendy",
    "willow", "yasmin", "yousef", "yusuf", "yvonne", "zac", "zach", "zachary", "zahra", "zainab", "zara",
    "zayn", "zoe",
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

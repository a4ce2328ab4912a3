//! Common forenames that are rarely surnames. They only break ties in how a cell is to be
//! read (`John, Jane Smith` or `Smith, John`); a name that isn't here is no less a name.

/// In order, so that they can be searched.
#[rustfmt::skip]
const FORENAMES: &[&str] = &[
    "aaliyah", "aaron", "abbie", "abdullahi", "abena", "abigail", "adrian", "adwoa", "agnieszka", "aidan",
    "aiden", "aimee", "aisha", "akosua", "aleksander", "aleksandra", "alex", "alexa", "alexandra", "alfie",
    "alice", "alicia", "alina", "alisha", "alison", "alistair", "amanda", "amara", "amber", "amelia",
    "amelie", "amina", "aminah", "amirah", "amy", "anastasia", "andrea", "andreea", "andrei", "andrew",
    "angela", "angelina", "angus", "anika", "anisa", "anisha", "anita", "anjali", "ann", "anna", "anne",
    "annie", "antoni", "antonia", "anya", "aoife", "arabella", "archie", "aria", "ariana", "arjun", "arlo",
    "arwen", "ashleigh", "astrid", "athena", "aurora", "ava", "ayaan", "ayesha", "ayla", "ayse", "aysha",
    "azra", "barbara", "beatrice", "becky", "bella", "beth", "bethany", "betty", "bilal", "billie", "billy",
    "blessing", "bobby", "bonnie", "brenda", "brendan", "brian", "bridget", "bronwyn", "bryony", "caden",
    "caitlin", "caleb", "callum", "cara", "carly", "carmel", "carol", "caroline", "carrie", "carys",
    "cassie", "catherine", "cecilia", "cerys", "chantelle", "charlie", "charlotte", "chelsea", "cheryl",
    "chiara", "chidera", "chloe", "christina", "christine", "christopher", "cian", "ciara", "ciaran",
    "claire", "clara", "clare", "claudia", "colin", "conor", "cora", "corey", "courtney", "crystal",
    "daisy", "damian", "damien", "danielle", "darcey", "daria", "darren", "dawid", "dawn", "debbie",
    "deborah", "declan", "deepa", "delilah", "denise", "derek", "dervla", "diana", "diane", "dominic",
    "dominik", "donna", "doreen", "dorothy", "dylan", "ebony", "edie", "edith", "edward", "eileen",
    "eilidh", "eira", "elaine", "eleanor", "elena", "eleni", "elif", "elijah", "elise", "eliza",
    "elizabeth", "ella", "ellie", "elodie", "eloise", "elsie", "elspeth", "emilia", "emilija", "emily",
    "emma", "emre", "erin", "esme", "ethan", "evelyn", "evie", "ewa", "ezra", "fatema", "fatima", "fatimah",
    "faye", "felicity", "filip", "finlay", "finley", "fiona", "florence", "frankie", "freda", "freddie",
    "freya", "gabriela", "gabriella", "gabrielle", "gareth", "gary", "gavin", "gemma", "geoffrey",
    "georgia", "georgie", "georgina", "gethin", "gillian", "gloria", "greta", "gurpreet", "gwen", "gwyneth",
    "habiba", "hafsa", "halima", "hamza", "hannah", "harleen", "harpreet", "harriet", "hattie", "hayley",
    "hazel", "heather", "heidi", "helen", "henrietta", "hilary", "hollie", "holly", "iestyn", "ieva",
    "ikram", "ilona", "imogen", "ines", "ingrid", "ioan", "iona", "iqra", "irene", "iris", "isabel",
    "isabella", "isabelle", "isaiah", "isha", "ishaan", "isla", "isobel", "isobelle", "ivy", "iwona",
    "izabela", "izzy", "jack", "jackie", "jacqueline", "jade", "jaden", "jaiden", "jake", "jakub", "jamie",
    "jane", "janet", "janice", "janine", "jasleen", "jasmin", "jasmine", "jason", "jaspreet", "jaxon",
    "jayden", "jayne", "jeanette", "jemima", "jemma", "jennifer", "jenny", "jeremy", "jerome", "jess",
    "jessica", "jessie", "jill", "jimmy", "joan", "joanna", "joanne", "jodie", "joe", "joel", "joey",
    "john", "jonathan", "jorja", "josephine", "josh", "joshua", "josie", "judith", "judy", "julia", "julie",
    "juliet", "juliette", "justin", "justyna", "kacey", "kacper", "kamil", "kamila", "karen", "karolina",
    "kasia", "katarzyna", "kate", "katherine", "kathleen", "kathryn", "katie", "katrina", "katy", "katya",
    "kayla", "kayleigh", "keeley", "keira", "kelsey", "kenneth", "kevin", "keziah", "khadija", "khadijah",
    "kian", "kiara", "kiera", "kieran", "kieron", "kimberley", "kirsten", "kirstie", "kirsty", "kofi",
    "krystal", "krzysztof", "kwabena", "kwaku", "kwame", "kylie", "kyra", "lara", "laura", "lauren",
    "layla", "leah", "leanne", "leila", "leilani", "lena", "leona", "leonie", "lexi", "liam", "lianne",
    "libby", "lila", "lilian", "lillian", "lilly", "lily", "linda", "lisa", "liz", "lizzie", "lois", "lola",
    "lorna", "lorraine", "lottie", "louie", "louisa", "louise", "luca", "lucia", "lucy", "lukas", "lukasz",
    "lydia", "lyla", "lynne", "lynsey", "mabel", "macey", "maciej", "maddison", "madeleine", "maeve",
    "magdalena", "mahnoor", "mairead", "maisie", "maja", "malachi", "malgorzata", "manpreet", "marcus",
    "margaret", "margot", "maria", "mariam", "marie", "marina", "marisa", "marjorie", "marta", "martha",
    "martyna", "mary", "maryam", "mateo", "mateusz", "matilda", "matteo", "matthew", "maureen", "mavis",
    "maxine", "maya", "meera", "megan", "meghan", "melanie", "melissa", "melody", "mia", "michal",
    "michelle", "mike", "milena", "millie", "milo", "minnie", "mirela", "miriam", "moira", "molly",
    "muhammad", "nadia", "nadine", "nancy", "naomi", "natalia", "natalie", "natasha", "nathalie", "nathan",
    "nathaniel", "nerys", "nia", "niamh", "nicola", "nicole", "nigel", "nikhil", "nikita", "nikola", "nina",
    "noah", "nusrat", "nyah", "nyla", "oisin", "olena", "olivia", "oliwia", "oliwier", "ophelia", "orla",
    "orlaith", "oscar", "osian", "owain", "paige", "pamela", "patricia", "patrycja", "patryk", "paula",
    "pauline", "pawel", "penelope", "penny", "philippa", "phoebe", "phyllis", "pia", "piotr", "polly",
    "pooja", "poppy", "precious", "preeti", "priscilla", "priya", "priyanka", "rabia", "rachael", "rachel",
    "rachelle", "radoslaw", "raheem", "rahul", "ramona", "ranveer", "raquel", "rebecca", "reena", "reggie",
    "reuben", "rhian", "rhiannon", "rhona", "ria", "richard", "rita", "robert", "robyn", "roisin",
    "roksana", "ronnie", "rory", "rosalind", "rosemary", "rosie", "rowena", "roxanne", "ruby", "rupert",
    "ruqayyah", "ruth", "sabina", "sabrina", "sadie", "saffron", "safiya", "saima", "saira", "sakina",
    "sally", "salma", "samantha", "samina", "samira", "sana", "sandeep", "sandra", "sanjay", "saoirse",
    "sara", "sarah", "sasha", "savannah", "scarlett", "sean", "sebastian", "seren", "serena", "shabana",
    "shakira", "shania", "shanice", "shannon", "sharon", "shauna", "shazia", "sheila", "shreya", "sian",
    "siddharth", "sienna", "silvia", "simran", "sinead", "siobhan", "skye", "skyla", "skylar", "sofia",
    "sonia", "sonja", "sonny", "sophia", "sophie", "soraya", "stacey", "stacy", "stefan", "stella",
    "stephanie", "steve", "steven", "stuart", "sue", "sukhdeep", "sumaya", "sunita", "surinder", "susan",
    "susannah", "suzanne", "sylvia", "szymon", "tabitha", "tamara", "tamsin", "tanisha", "tanya", "tara",
    "tasha", "tatiana", "teddy", "tegan", "teresa", "tess", "tessa", "thea", "theo", "theodore", "theresa",
    "tia", "tiana", "tiffany", "tilly", "tim", "timothy", "tina", "toby", "tom", "tomasz", "tommy", "tomos",
    "tony", "tracey", "tracy", "trevor", "trinity", "trisha", "trudy", "tyrone", "ursula", "valentina",
    "valerie", "vanessa", "vera", "veronica", "vicky", "victoria", "vijay", "vikram", "viktor", "viktoria",
    "violet", "virginia", "vivian", "vivienne", "wanda", "wendy", "weronika", "wiktor", "wiktoria",
    "wilfred", "william", "willow", "winifred", "wojciech", "xanthe", "yaa", "yasmin", "yasmine", "yusra",
    "yusuf", "yuvraj", "yvette", "yvonne", "zac", "zach", "zachary", "zahra", "zainab", "zak", "zakariya",
    "zara", "zaynab", "zeynep", "zoe", "zofia", "zoya", "zunaira", "zuzanna",
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
        assert!(FORENAMES.windows(2).all(|two| two[0] != two[1]));
        for name in FORENAMES {
            assert_eq!(crate::fold::fold(name), *name);
        }
        assert!(is_forename("john") && is_forename("jane") && !is_forename("smith"));
    }
}

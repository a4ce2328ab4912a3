//! An answer on the terminal.

use collate_link::{Contribution, Explanation, Outcome};

use super::answer::{Answer, Decided, Named, Place};

/// Widest value in a table.
const WIDEST: usize = 34;

/// The whole answer.
pub fn text(answer: &Answer) -> String {
    match answer {
        Answer::Two { left, right, rest, reckoning, decided, sentence } => {
            let (a, b) = (head("A", left, false), head("B", right, *rest));
            format!("{a}{b}\n{}\n{}\n{sentence}\n", table(reckoning), outcome(decided, reckoning))
        }
        Answer::One { child, known, members, probability, nearest, sentence } => {
            let mut text = format!("{}  {}\n\n", child.child, child.name);
            let width = known.iter().map(|known| known.field.chars().count()).max().unwrap_or(0);
            for known in known {
                let values: Vec<String> = (known.values.iter())
                    .map(
                        |(value, rows)| {
                            if *rows == 1 { value.clone() } else { format!("{value} ({rows} rows)") }
                        },
                    )
                    .collect();
                text += &format!("{:<width$}  {}\n", known.field, values.join("; "));
            }
            text += "\nRows, each against the others:\n";
            let width = members.iter().map(|member| place(&member.place).chars().count()).max().unwrap_or(0);
            for member in members {
                let weight = member.weight.map_or(String::new(), |weight| format!("{weight:+.2}"));
                let like = member
                    .like
                    .as_ref()
                    .map_or("alone".to_owned(), |like| format!("like {}: {}", place(like), member.agreement));
                let weakest = if member.weakest && members.len() > 2 { "  <- the weakest" } else { "" };
                text += &format!(
                    "  {:<width$}  {weight:>8} bits  {:.4}  {like}{weakest}\n",
                    place(&member.place),
                    member.probability
                );
            }
            if members.len() > 1 {
                text += &format!("Probability that none of them is another child's: {probability:.4}\n");
            }
            if let Some(nearest) = nearest {
                text += &format!(
                    "\nThe nearest other child:\n{}{}\n{}\n{}",
                    head("A", child, false),
                    head("B", &nearest.child, false),
                    table(&nearest.reckoning),
                    outcome(&nearest.decided, &nearest.reckoning)
                );
            }
            format!("{text}\n{sentence}\n")
        }
    }
}

/// `A  s20.csv, row 7                 CH-00012  Okafor, Zoë, born 2014-05-01`.
fn head(letter: &str, named: &Named, rest: bool) -> String {
    let what = match &named.row {
        Some(at) => format!("{}: in {}", place(at), named.child),
        None if rest => format!("the other rows of {}", named.child),
        None => named.child.clone(),
    };
    let rows = if named.rows == 1 { "1 row".to_owned() } else { format!("{} rows", named.rows) };
    format!("{letter}  {what} ({}; {rows})\n", named.name)
}

/// `Court tracker.xlsx, sheet Live, row 7, child 2`.
fn place(at: &Place) -> String {
    let sheet = if at.sheet.is_empty() { String::new() } else { format!(", sheet {}", at.sheet) };
    let part = if at.part == 1 { String::new() } else { format!(", child {}", at.part) };
    format!("{}{sheet}, row {}{part}", at.file, at.row)
}

/// Field by field, then what any two rows start from, the deductions, and the sum.
fn table(reckoning: &Explanation) -> String {
    let known = reckoning.contributions.iter().filter(|c| !c.left.is_empty() || !c.right.is_empty());
    let mut rows: Vec<[String; 6]> =
        vec![["", "A", "B", "how they agree", "bits", "of it rarity"].map(str::to_owned)];
    rows.extend(known.map(row));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells: Vec<String> = (0..6)
            .map(|c| {
                let space = " ".repeat(widths[c] - row[c].chars().count());
                if c < 4 { format!("{}{space}", row[c]) } else { format!("{space}{}", row[c]) }
            })
            .collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    let mut text: String = rows.iter().map(line).collect();
    let before = widths[..4].iter().map(|width| width + 2).sum::<usize>() - 2;
    let probability = match reckoning.probability {
        p if p > 0.9999 => "more than 0.9999".to_owned(),
        p if p < 0.0001 => "less than 0.0001".to_owned(),
        p => format!("{p:.4}"),
    };
    let mut sum = |what: &str, bits: f64| {
        text += &format!("{what:>before$}  {:>width$}\n", signed(bits), width = widths[4]);
    };
    sum("any two rows start from", reckoning.prior);
    sum("two of one household would agree so", reckoning.household);
    sum("both in one list without duplicates", reckoning.within_source);
    sum("nobody else fits in a list that has nearly everybody", reckoning.nobody_else);
    sum("sum (each bit doubles the odds)", reckoning.weight);
    text + &format!("{:>before$}  {probability}\n", "probability that they are one child")
}

fn row(field: &Contribution) -> [String; 6] {
    let level = match (field.at_level, field.known) {
        (_, 0 | 1) => field.level.to_owned(),
        (at, of) if at == of => field.level.to_owned(),
        (at, of) => format!("{} ({at} of {of} pairs)", field.level),
    };
    let bits = |bits: f64| if field.known == 0 { String::new() } else { signed(bits) };
    let rarity = if field.rarity == 0.0 { String::new() } else { bits(field.rarity) };
    [field.field.clone(), short(&field.left), short(&field.right), level, bits(field.weight), rarity]
}

/// `+3.20`; never `-0.00`.
fn signed(bits: f64) -> String {
    let text = format!("{bits:+.2}");
    if text == "-0.00" { "+0.00".to_owned() } else { text }
}

fn short(values: &[String]) -> String {
    let text = values.join("; ");
    if text.chars().count() <= WIDEST { text } else { text.chars().take(WIDEST - 1).chain(['…']).collect() }
}

/// What was decided, with the figures it was decided on.
fn outcome(decided: &Decided, reckoning: &Explanation) -> String {
    let decision = &decided.decision;
    let weight = match decision.weight {
        None => String::new(),
        Some(weight) if (weight - reckoning.weight).abs() < 0.005 => {
            format!(" (joined from {:+.2} bits)", decision.join_at)
        }
        Some(weight) => {
            format!(" (as whole children {weight:+.2} bits; joined from {:+.2})", decision.join_at)
        }
    };
    let words = match decision.outcome {
        Outcome::Joined => "joined",
        Outcome::KeptApart => "barred: named in one row",
        Outcome::NeverCompared => "never compared: no blocking rule brings them together",
        Outcome::TooLittle => "not joined: compared, but nowhere near",
        Outcome::Barred => "barred, whatever the weight",
        Outcome::BelowThreshold => "not joined: below the threshold",
        Outcome::TwoCandidates => "not joined: two candidates",
    };
    let rival = decided
        .rival
        .as_ref()
        .map_or(String::new(), |rival| format!("\nThe other candidate: {} ({})", rival.child, rival.name));
    let lead = decision
        .lead
        .map_or(String::new(), |lead| format!("\nLead over the next best candidate: {lead:+.2} bits"));
    let review = if decision.in_review { "\nWaiting for a person, in review.csv" } else { "" };
    format!("Decision: {words}{weight}{rival}{lead}{review}\n")
}

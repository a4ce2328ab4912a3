//! What waits for a person: pairs of children that could be one.

use collate_link::{Why, sentence};
use collate_model::{Dataset, Review, TextId};

use crate::child::Children;
use crate::entities::Entities;
use crate::mention::{Mention, born, person};
use crate::rows::Rows;
use crate::shown;

/// Writes the doubtful pairs into the dataset.
pub fn review(rows: &Rows, children: &Children, entities: &Entities, dataset: &mut Dataset) {
    let Some(table) = rows.kinds.entity("child") else { return };
    debug_assert_eq!(entities.sets[table].members.len(), children.mentions.len());
    for doubt in &children.linked.doubts {
        let (left, right) = (children.mentions[doubt.left as usize], children.mentions[doubt.right as usize]);
        let agreement = sentence(&children.records, doubt.pattern);
        let reason = format!("{}: {agreement}", because(doubt.why));
        let (left_text, right_text) = (describe(rows, left, dataset), describe(rows, right, dataset));
        let reason = dataset.pool.intern(&reason);
        dataset.review.push(Review {
            table: table as u8,
            left: children.linked.clusters[doubt.left as usize],
            left_at: place(rows, left),
            left_text,
            right: children.linked.clusters[doubt.right as usize],
            right_at: place(rows, right),
            right_text,
            weight: doubt.weight as f32,
            probability: collate_link::probability(doubt.weight) as f32,
            lead: doubt.lead.map_or(f32::NAN, |lead| lead as f32),
            reason,
            code: TextId::default(),
            comment: TextId::default(),
        });
    }
}

fn because(why: Why) -> &'static str {
    match why {
        Why::TooClose => "possible, but not certain enough to join",
        Why::TwoCandidates => "fits more than one child about equally well",
        Why::IdentifiersDiffer => "much agrees, but a number that only one child can have differs",
        Why::TooLittleInCommon => "much agrees that a household shares, but too little that one child has",
        Why::DatesDiffer => "much agrees, but the dates of birth are wholly different",
        Why::OneSource => "much agrees, but both are rows of one list that has each child once",
        Why::DifferenceRepeats => "nearly the same, but two files have both of them, side by side",
        Why::ForenamesDiffer => "all agrees but the forename: twins, or one child with two names",
    }
}

fn place(rows: &Rows, mention: Mention) -> (u32, u32, u32) {
    (rows.view(mention.row).source, rows.number(mention.row), mention.part)
}

/// `Smith, John, born 2015-02-01`.
fn describe(rows: &Rows, mention: Mention, dataset: &mut Dataset) -> TextId {
    let person = person(rows, mention);
    let mut text = String::new();
    shown::push_name(&person, &mut text);
    if let Some(date) = born(rows, mention, &person) {
        let word = if date.estimated { "expected" } else { "born" };
        text.extend([", ", word, " "]);
        shown::push_date(&date, &mut text);
    }
    dataset.pool.intern(text.trim_start_matches(", "))
}

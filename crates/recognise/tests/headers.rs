//! Heading → field, for each kind, as people write headings.

mod support;

use collate_model::Evidence;
use collate_recognise::builtin;
use support::{fields, read, sheet, sheet_named};

/// A heading row with one record of text under it is read as a kind and its fields.
fn check(kind: &str, headings: &[(&str, &str)]) {
    let header: Vec<&str> = headings.iter().map(|(header, _)| *header).collect();
    let found = read(&sheet(&format!("{}\n{}", header.join("|"), vec!["x1"; header.len()].join("|"))));
    assert_eq!(found.tables.len(), 1, "{kind}: {header:?}: {:?}", found.notes);
    let table = &found.tables[0];
    assert_eq!(table.kind, kind, "{header:?}");
    let expected: Vec<&str> = headings.iter().map(|(_, field)| *field).collect();
    let derived = table.columns.len() - expected.len();
    let names = fields(table, &builtin());
    assert_eq!(names[..names.len() - derived], expected, "{kind}: {header:?}");
}

#[test]
fn notable_cases() {
    check(
        "notable_cases",
        &[
            ("Case name", "case_label"),
            ("Child(ren)", "child_name"),
            ("DOB(s)", "dob"),
            ("Court case no.", "case_number"),
            ("Iken no", "legal_ref"),
            ("LA solicitor", "lawyer"),
            ("SW", "social_worker"),
            ("Judge", "judge"),
            ("Why notable", "reason_notable"),
            ("Stage", "stage"),
            ("Next hearing", "next_hearing_date"),
            ("Directions complied with?", "directions_compliant"),
            ("Pen portrait", "pen_portrait_done"),
            ("CEx briefed", "briefed_to"),
            ("RAG", "rag"),
            ("Latest position", "progress"),
        ],
    );
    check(
        "notable_cases",
        &[
            ("Notable case", "case_label"),
            ("Reason for inclusion", "reason_notable"),
            ("Status", "stage"),
            ("Hearing date & type", "next_hearing_date"),
            ("Compliant Y/N", "directions_compliant"),
            ("Non-compliance", "outstanding_directions"),
            ("Legal advice", "legal_advice"),
            ("Date added", "date_added"),
        ],
    );
}

#[test]
fn sgo_audits() {
    check(
        "sgo_audits",
        &[
            ("Audit ref", "audit_id"),
            ("LCS No.", "child_id"),
            ("Child's Name", "child_name"),
            ("D.O.B", "dob"),
            ("SGO/DISCO", "application_type"),
            ("Pre-court / in court", "court_stage"),
            ("Proposed SG", "special_guardian_name"),
            ("Relationship to child", "relationship"),
            ("Assessment +ve/-ve", "assessment_outcome"),
            ("Date of assessment", "assessment_date"),
            ("Support plan?", "support_plan"),
            ("Support plan date", "support_plan_date"),
            ("Audited on", "audit_date"),
            ("Audited by", "auditor"),
            ("Grade", "audit_grade"),
            ("Legal advice given Y/N", "legal_advice_given"),
            ("Issues identified", "issues"),
            ("Mitigations", "mitigations"),
            ("Further work req'd", "further_work_required"),
            ("Extension sought", "extension_sought"),
            ("Extension granted?", "extension_granted"),
            ("Fed back to Q&A", "fed_back_date"),
            ("SGO date", "sgo_order_date"),
            ("BRAG", "rag"),
        ],
    );
}

#[test]
fn s20_cases() {
    check(
        "s20_cases",
        &[
            ("Child ID", "child_id"),
            ("Surname", "surname"),
            ("Forename(s)", "forename"),
            ("Date of\\nBirth:", "dob"),
            ("Gender", "sex"),
            ("NHS No", "nhs_number"),
            ("Date accommodated", "s20_start"),
            ("S20 end date", "s20_end"),
            ("Subsection", "basis"),
            ("Who consented", "consent_given_by"),
            ("Consent date (dd/mm/yyyy)", "consent_date"),
            ("Form signed", "consent_signed"),
            ("Form version", "consent_form_version"),
            ("Capacity checked *", "capacity_checked"),
            ("Interpreter", "interpreter"),
            ("Parents' legal advice", "parents_legal_advice"),
            ("Who has PR", "who_holds_pr"),
            ("Reason for s.20", "purpose"),
            ("Expected duration", "expected_duration"),
            ("24hr review", "reviewed_24h"),
            ("24hr review date", "review_24h_date"),
            ("Legal gateway date", "gateway_date"),
            ("Outcome of legal gateway", "gateway_outcome"),
            ("Next LAC review", "next_review_date"),
            ("Permanence plan", "care_plan"),
            ("Consent withdrawn", "objection_date"),
            ("Placement", "placement"),
            ("UASC", "uasc"),
            ("Days in s20", "days_in_s20"),
            ("Legal status", "legal_status"),
            ("RAG rating", "rag"),
            ("Allocated SW", "social_worker"),
            ("Team Manager", "team_manager"),
            ("Age", "-"),
            ("Language", "-"),
            ("Mother's name", "-"),
        ],
    );
    check(
        "s20_cases",
        &[("Name", "child_name"), ("DECOM", "-"), ("Date s.20 signed", "s20_start"), ("IRO", "iro")],
    );
}

#[test]
fn hra_claims() {
    check(
        "hra_claims",
        &[
            ("Claim no", "claim_number"),
            ("Related case no", "case_number"),
            ("Child(ren)", "child_name"),
            ("Claimant(s)", "claimants"),
            ("Litigation friend", "litigation_friend"),
            ("Claimant's solicitor", "claimant_solicitor"),
            ("Date of act", "date_of_act"),
            ("LBA received", "date_notified"),
            ("Date issued", "date_issued"),
            ("Limitation", "limitation_date"),
            ("Article(s)", "articles"),
            ("Alleged breach", "alleged_breach"),
            ("Current/historic", "current_or_historic"),
            ("Status", "status"),
            ("Remedy sought", "remedy"),
            ("Damages claimed", "damages_claimed"),
            ("Damages paid (£)", "damages_paid"),
            ("Costs paid", "costs_paid"),
            ("Insurer notified Y/N", "insurer_notified"),
            ("Covered", "insurer_covered"),
            ("Insurer ref", "insurer_ref"),
            ("In-house/outsourced", "handled_by"),
            ("Counsel", "counsel"),
            ("Infant approval date", "infant_settlement_approval_date"),
            ("Lessons learned", "lessons_theme"),
            ("Training action", "training_action"),
            ("RAG", "rag"),
        ],
    );
    check(
        "hra_claims",
        &[
            ("HRA ref", "claim_id"),
            ("Claimants", "child_name"),
            ("Letter before claim", "date_notified"),
            ("Care case number", "case_number"),
            ("Arts", "articles"),
        ],
    );
}

#[test]
fn court_proceedings() {
    check(
        "court_proceedings",
        &[
            ("Case Number", "case_number"),
            ("CCD Number", "ccd_number"),
            ("Receipt date", "issue_date"),
            ("Last PLO hearing", "last_hearing_date"),
            ("Next hearing", "next_hearing_date"),
            ("Age of case (weeks)", "week_no"),
            ("PLO stage", "plo_stage"),
            ("Expected FH date", "final_hearing_date"),
        ],
    );
    check(
        "court_proceedings",
        &[
            ("FamilyMan no", "case_number"),
            ("Borough", "authority"),
            ("Children", "child_name"),
            ("No. of children", "n_children"),
            ("Type of application", "application_type"),
            ("Date issued", "issue_date"),
            ("26 week date", "deadline_26"),
            ("CMH", "cmh_date"),
            ("FCMH", "fcmh_date"),
            ("IRH", "irh_date"),
            ("Fact find", "fact_find_date"),
            ("Final hearing", "final_hearing_date"),
            ("Children's Guardian", "guardian"),
            ("Judge", "judge"),
            ("Care plan", "care_plan"),
            ("Final order(s)", "final_order"),
            ("Date concluded", "conclusion_date"),
            ("Duration (weeks)", "weeks_duration"),
            ("Within 26 weeks?", "within_26"),
            ("Reason over 26 weeks", "exceed_reason"),
            ("Experts", "experts"),
        ],
    );
}

#[test]
fn improvement_plans() {
    for lead in ["Lead Officer within Legal Services", "Lead Officer", "Owner", "By whom"] {
        check(
            "improvement_plan",
            &[
                ("Ref", "ref"),
                ("Priority Area", "priority_area"),
                ("Activity", "activity"),
                (lead, "lead"),
                ("Target date", "target_date"),
                ("Progress update", "progress"),
                ("RAG rating", "rag"),
            ],
        );
    }
    check(
        "improvement_plan",
        &[
            ("Rec no", "ref"),
            ("Recommendation", "activity"),
            ("Responsible officer", "lead"),
            ("Deadline", "target_date"),
            ("Status", "action_status"),
        ],
    );
}

#[test]
fn people_lists() {
    check(
        "people_list",
        &[
            ("rec_id", "row_id"),
            ("given_name", "forename"),
            ("surname", "surname"),
            ("street_number", "-"),
            ("address_1", "-"),
            ("address_2", "-"),
            ("suburb", "-"),
            ("postcode", "postcode"),
            ("state", "-"),
            ("date_of_birth", "dob"),
            ("soc_sec_id", "national_id"),
        ],
    );
    check(
        "people_list",
        &[
            ("unique_id", "row_id"),
            ("full_name", "child_name"),
            ("dob", "dob"),
            ("birth_place", "-"),
            ("postcode_fake", "postcode"),
            ("gender", "sex"),
            ("occupation", "-"),
        ],
    );
    check(
        "people_list",
        &[
            ("Mosaic ID", "child_id"),
            ("FirstName", "forename"),
            ("MiddleName", "middle_name"),
            ("LastName", "surname"),
            ("BirthDate", "dob"),
            ("Phone", "-"),
            ("Email", "-"),
        ],
    );
    check(
        "people_list",
        &[
            ("id", "row_id"),
            ("first_name", "forename"),
            ("family_name", "surname"),
            ("birthdate", "dob"),
            ("city", "-"),
            ("zip", "postcode"),
            ("sex", "sex"),
        ],
    );
    check(
        "people_list",
        &[("CHILD", "child_id"), ("SEX", "sex"), ("DOB", "dob"), ("ETHNIC", "ethnicity"), ("UPN", "upn")],
    );
}

#[test]
fn sheets_that_are_no_trackers_are_left_alone_with_a_reason() {
    for text in [
        "Product|Price|Stock\nTea|2|10\nMilk|1|20",
        "Job title|First name|Last name|Email\nSolicitor|Jo|Bloggs|x",
        "Month|Cases|Weeks\nApril|10|24",
        "Smith, John|01/02/2015|LE21C50012\nJones, Ann|01/02/2016|LE21C50013",
        "Dear all, please find attached the tracker",
        "Name|John Smith|DOB|01/02/2015",
        "",
    ] {
        let found = read(&sheet(text));
        assert!(found.tables.is_empty(), "{text}");
        assert_eq!(found.counts.left_alone, found.counts.read);
        assert_eq!(found.notes.len(), 1);
        assert!(!found.notes[0].what.contains("Smith"));
    }
    let near = read(&sheet("Child's name|Favourite colour|Shoe size\nA|B|C"));
    assert!(near.notes[0].what.contains("has no column for"), "{}", near.notes[0].what);
}

#[test]
fn our_own_outputs_are_left_alone() {
    for (file, text) in [
        ("children.csv", "collate_id|surname|dob\nCH1|Smith|2015-01-02"),
        ("truth.csv", "file|sheet|row|part|person\na|b|1|1|2"),
        ("collate.xlsx", "Written by collate 0.1\nChild|DOB\nA|B"),
    ] {
        let found = read(&sheet_named(file, "", text));
        assert!(
            found.own && found.tables.is_empty() && found.counts.left_alone == found.counts.read,
            "{file}"
        );
    }
}

#[test]
fn values_decide_where_headings_do_not() {
    let text = "Case|Name|Status|Next hearing|Why notable|Ref|\n\
        LE21C50012|SMITH, John|Red|01/02/2022|Delay|A1|943 476 5919\n\
        LE21C50013|JONES, Ann|Amber|01/03/2022|Delay|A2|654 100 3238\n\
        LE21C50014|PATEL, Raj|Green|01/04/2022|Delay|A3|999 000 0018\n";
    let found = read(&sheet(text));
    let names = fields(&found.tables[0], &builtin());
    assert_eq!(names[6], "nhs_number");
    assert!(matches!(found.tables[0].columns[6].evidence, Evidence::Values(_)));
    assert_eq!(names[1], "child_name");

    let people = "Case name|Why notable|Stage\nSMITH, John & Jane|Delay|IRH\nJONES, Ann|Delay|CMH\nPATEL, Raj|Delay|CMH";
    assert_eq!(fields(&read(&sheet(people)).tables[0], &builtin())[0], "child_name");
    let labels = "Case name|Why notable|Stage\nSMITH family|Delay|IRH\nRe YY|Delay|CMH\nJONES|Delay|CMH";
    assert_eq!(fields(&read(&sheet(labels)).tables[0], &builtin())[0], "case_label");

    for (values, field) in [(["V2", "S20"], "legal_status"), (["Open", "Closed"], "episode_status")] {
        let text = format!(
            "Child's name|Date accommodated|Status\nSmith, Jo|1/2/20|{}\nJones, Al|1/2/20|{}",
            values[0], values[1]
        );
        assert_eq!(fields(&read(&sheet(&text)).tables[0], &builtin())[2], field);
    }

    let split = "Name|Surname|DOB\nJohn|Smith|01/02/2015\nAnn|Jones|01/02/2015\nRaj|Patel|01/02/2015";
    assert_eq!(fields(&read(&sheet(split)).tables[0], &builtin()), ["forename", "surname", "dob"]);
}

//! What a run remembers: the register beside the output, and all that comes of it.

mod given;
mod guard;
mod inputs;
mod links;
mod lock;
mod since;

use std::path::{Path, PathBuf};

use collate_model::{Change, CleanTable, Dataset, InOrder, Kinds, Note, Numbering, Severity, Told};
use collate_publish::{may_publish, tidy};
use collate_reconcile::Linkage;
use collate_register::{
    Case, Decision, Given, InputSeen, Recalled, Recorded, Register, RegisterError, Run, What,
};

use crate::args::{RegisterArgs, RunArgs};
use crate::databases::Databases;
use crate::failure::Failure;
use crate::linking::ModelUsed;
use crate::pipeline::{ReadFile, Recognised};
use crate::plan::Plan;
use crate::review;
use crate::summary::Summary;

pub use given::{is_whole, sha256};
use guard::Guard;
use links::Links;
use lock::Lock;

/// What became of a damaged register, and what to do.
const RESTORED: &str = "the register was damaged or missing, so its last copy was put in its place";
const SINCE_THEN: &str =
    "see collate decisions whether any is missing that was made since; a damaged file lies beside it";

/// Days after which a tracker that did not change is told.
const STALE: i64 = 45;

/// The register of a run, opened and locked; nothing where none is kept.
pub struct Memory {
    register: Option<Register>,
    last: Option<Run>,
    /// There is a former output.
    has_former: bool,
    given: Option<String>,
    at: String,
    _lock: Lock,
}

/// What is remembered of the rows of this run.
pub struct Remembered<'m> {
    recalled: Option<Recalled<'m>>,
    decisions: Vec<Decision>,
    /// What persons decided.
    pub told: Told,
}

/// What only the register knows of a run.
#[derive(Default)]
pub struct Completed {
    /// The pairs that it asks about.
    cases: Vec<Case>,
    /// What is different from the run before.
    changes: Vec<Change>,
}

/// Keeps what was recorded, now that all is written that is to be published, before it is put in place;
/// gives the number of the run.
pub fn keep(recorded: Option<Recorded>, manifest: &str) -> Result<Option<i64>, Failure> {
    recorded.map(|recorded| recorded.commit(manifest)).transpose().map_err(failed)
}

impl<'m> Remembered<'m> {
    /// What a register remembers of the rows of these tables; rows that persons left out are taken out.
    pub fn of(
        register: Option<&'m Register>,
        tables: &mut Vec<CleanTable>,
        found: &mut Recognised,
        kinds: &Kinds,
    ) -> Result<Self, Failure> {
        let Some(register) = register else {
            return Ok(Remembered { recalled: None, decisions: Vec::new(), told: Told::default() });
        };
        let decisions = register.decisions().map_err(failed)?;
        let mut recalled = register.recall(tables, kinds);
        leave_out(&mut recalled, &decisions, tables, found);
        let (told, unfollowed) = recalled.told(&decisions);
        for unfollowed in unfollowed {
            let decision = decisions.iter().find(|decision| decision.decision == unfollowed.decision);
            let file = decision.map_or("", |decision| &decision.at_row.0);
            let what = format!("decision {} can't be followed: {}", unfollowed.decision, unfollowed.why);
            let todo = "look at it with collate decisions; take it back, or decide anew";
            found.notes.push(Note::new(Severity::Warning, "decision-not-followed", file, what, todo));
        }
        if register.was_restored() {
            let file = register.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.notes.push(Note::new(Severity::Warning, "register-restored", &file, RESTORED, SINCE_THEN));
        }
        Ok(Remembered { recalled: Some(recalled), decisions, told })
    }

    /// Numbers that last, or those of this run.
    pub fn numbering(&self) -> &dyn Numbering {
        self.recalled.as_ref().map_or(&InOrder, |recalled| recalled)
    }
}

/// A failure of the register.
pub fn failed(error: RegisterError) -> Failure {
    Failure::failed(error.what, error.todo)
}

/// Now, UTC, to the second.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Where the register of an output folder lies.
pub fn place_of(out: &Path, named: Option<&PathBuf>) -> PathBuf {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    named.cloned().unwrap_or_else(|| Register::place(&absolute))
}

/// Who uses this machine.
pub fn user() -> String {
    let named = |name: &str| std::env::var(name).ok().filter(|user| !user.is_empty());
    ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(named).unwrap_or_else(|| "somebody".to_owned())
}

/// The register that there is.
pub fn existing(args: &RegisterArgs) -> Result<Register, Failure> {
    let path = place_of(&args.out, args.register.as_ref());
    if !path.is_file() && !Register::has_copy(&path, &name_of(&args.out)) {
        return Err(Failure::usage(
            format!("there is no register {}", path.display()),
            "run collate run first, or name the folder that it published into with --out",
        ));
    }
    let register = Register::open(&path, &name_of(&args.out)).map_err(failed)?;
    if register.was_restored() {
        eprintln!("note: {}: {RESTORED}\n  {SINCE_THEN}", path.display());
    }
    Ok(register)
}

/// The name of an output folder.
pub fn name_of(out: &Path) -> String {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    absolute.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Memory {
    /// Opens the register, and keeps other runs away from the output folder.
    pub fn open(args: &RunArgs) -> Result<Self, Failure> {
        let out = std::path::absolute(&args.out).unwrap_or_else(|_| args.out.clone());
        may_publish(&out).map_err(|error| Failure::failed(error.to_string(), error.hint()))?;
        let lock = Lock::take(&out)?;
        tidy(&out, args.keep);
        let mut memory =
            Memory { register: None, last: None, has_former: false, given: None, at: now(), _lock: lock };
        if !args.no_register {
            let register = Register::open(&place_of(&args.out, args.register.as_ref()), &name_of(&args.out))
                .map_err(failed)?;
            if let Ok(manifest) = sha256(&out.join("manifest.json")) {
                register.make_up_for(&manifest).map_err(failed)?;
            }
            memory.last = register.last_published().map_err(failed)?;
            memory.has_former = out.join("manifest.json").is_file();
            memory.register = Some(register);
        }
        Ok(memory)
    }

    /// Takes the answers in that lie in the folder that is published into: whatever in it has changed
    /// since it was published, or was put there.
    pub fn take_in_answers(&mut self, out: &Path, quiet: bool) -> Result<(), Failure> {
        let Some(register) = &mut self.register else { return Ok(()) };
        let listed = std::fs::read(out.join("manifest.json")).ok();
        let listed: serde_json::Value =
            listed.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        let as_published = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let hash = listed.get("files").and_then(|files| files.get(name)?.get("sha256")?.as_str());
            hash.is_some() && sha256(path).ok().as_deref() == hash
        };
        let entries = std::fs::read_dir(out).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_workbook = |path: &PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let temporary = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
            ["xlsx", "xlsm", "ods", "csv"].contains(&ending.to_lowercase().as_str()) && !temporary
        };
        let mut paths: Vec<PathBuf> =
            entries.filter(is_workbook).filter(|path| !as_published(path)).collect();
        paths.sort();
        take_in(register, &paths, quiet)
    }

    /// Takes the answers in of workbooks of ours among what was read.
    pub fn take_in_of(&mut self, plan: &Plan, files: &[ReadFile], quiet: bool) -> Result<(), Failure> {
        let Some(register) = &mut self.register else { return Ok(()) };
        let own = files.iter().filter(|read| read.own);
        let path = |read: &ReadFile| plan.inputs.iter().find(|input| input.name == read.file.name);
        let paths: Vec<PathBuf> = own.filter_map(path).map(|input| input.path.clone()).collect();
        take_in(register, &paths, quiet)
    }

    /// The last run was given the same, and what it published is as it was.
    pub fn is_unchanged(
        &mut self,
        plan: &Plan,
        args: &RunArgs,
        model: Option<&ModelUsed>,
        databases: &Databases,
    ) -> Result<bool, Failure> {
        let Some(register) = &self.register else { return Ok(false) };
        let decisions = register.decisions().map_err(failed)?;
        self.given = given::given(plan, args, model, databases);
        let given = self.given.as_ref().map(|given| given::with_decisions(given, &decisions));
        let same = |run: &Run| Some(&run.given) == given.as_ref() && is_whole(&args.out, &run.manifest);
        Ok(!args.again
            && args.save_model.is_none()
            && databases.are_there()
            && self.last.as_ref().is_some_and(same))
    }

    /// Finds the rows of these tables again, and takes out those that persons left out.
    pub fn remember(
        &self,
        tables: &mut Vec<CleanTable>,
        found: &mut Recognised,
        kinds: &Kinds,
    ) -> Result<Remembered<'_>, Failure> {
        if let Some(register) = self.register.as_ref().filter(|_| self.last.is_none() && self.has_former) {
            let file = register.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
            let what = "the register is new, though there is a former output: ids are numbered anew, and no decision is known";
            let todo =
                "if there was a register, put it, or its copy, in this place and run again with --again";
            found.notes.push(Note::new(Severity::Warning, "register-new", &file, what, todo));
        }
        Remembered::of(self.register.as_ref(), tables, found, kinds)
    }

    /// The links of the last run, which lie beside the register.
    pub fn links(&self, args: &RunArgs) -> Links {
        Links::beside(self.register.as_ref().map(Register::path), args.again)
    }

    /// Refuses what looks wrong beside the last run, unless a person has had a look.
    pub fn guard(
        &self,
        remembered: &Remembered,
        inputs: &[InputSeen],
        files: &[ReadFile],
        summary: &Summary,
        accept: bool,
    ) -> Result<(), Failure> {
        let (Some(register), Some(last), Some(recalled)) = (&self.register, &self.last, &remembered.recalled)
        else {
            return Ok(());
        };
        // Where there is no former output there is nothing to guard.
        if accept || !self.has_former {
            return Ok(());
        }
        let before = register.inputs(last.run).map_err(failed)?;
        let refused: Vec<String> =
            files.iter().filter(|read| read.file.refused).map(|read| read.file.name.clone()).collect();
        let guard = Guard { last, before: &before, now: inputs, refused: &refused, recalled, summary };
        guard.check()
    }

    /// What the files are, as they are kept.
    pub fn inputs(&self, files: &[ReadFile], tables: &[CleanTable], kinds: &Kinds) -> Vec<InputSeen> {
        if self.register.is_none() { Vec::new() } else { inputs::inputs(files, tables, kinds) }
    }

    /// Adds to the dataset what only the register knows: the codes of doubtful pairs, what changed, and
    /// former ids.
    pub fn complete(
        &self,
        remembered: &Remembered,
        dataset: &mut Dataset,
        linkage: &Linkage,
    ) -> Result<Completed, Failure> {
        let (Some(register), Some(recalled)) = (&self.register, &remembered.recalled) else {
            return Ok(Completed::default());
        };
        let decisions = &remembered.decisions;
        let mut cases = Vec::with_capacity(dataset.review.len());
        for (review, (one, other)) in dataset.review.iter_mut().zip(&linkage.doubts) {
            let table = &dataset.tables[review.table as usize];
            let ids = (table.id(review.left as usize), table.id(review.right as usize));
            let case = recalled.case(one, other, ids);
            review.code = dataset.pool.intern(&case.code);
            let unsure = decisions.iter().rev().find(|decision| {
                decision.is_in_force()
                    && matches!(decision.what, What::Unsure(_))
                    && decision.is_of(&case.one, &case.other)
            });
            if let Some(unsure) = unsure {
                review.comment = dataset.pool.intern(if unsure.why.is_empty() { "–" } else { &unsure.why });
            }
            cases.push(case);
        }
        let changes = register.changes_of_run(recalled, dataset).map_err(failed)?;
        dataset.changes = register.changes(recalled, &changes).map_err(failed)?;
        dataset.redirects = register.redirects(recalled);
        Ok(Completed { cases, changes })
    }

    /// Writes the run down, up to the hash of what it publishes: see [`keep`].
    pub fn record(
        &self,
        remembered: &Remembered,
        dataset: &Dataset,
        manifest: &serde_json::Value,
        inputs: &[InputSeen],
        Completed { cases, changes }: &Completed,
    ) -> Result<Option<Recorded<'_>>, Failure> {
        let (Some(register), Some(recalled)) = (&self.register, &remembered.recalled) else {
            return Ok(None);
        };
        let text = |key: &str| manifest.get(key).map(ToString::to_string).unwrap_or_default();
        let mut settings = manifest["settings"].clone();
        settings["fitted"] = manifest["linkage"]["model"].clone();
        let given = Given {
            at: &self.at,
            version: env!("CARGO_PKG_VERSION"),
            settings: &settings.to_string(),
            counts: &text("counts"),
            inputs,
            cases,
            changes,
        };
        register.record(recalled, dataset, &given).map(Some).map_err(failed)
    }

    /// The output of the run is in place.
    pub fn published(&self, run: Option<i64>) -> Result<(), Failure> {
        let (Some(register), Some(run)) = (&self.register, run) else { return Ok(()) };
        register.published(run).map_err(failed)
    }

    /// All that the run was to do is done: another that is given the same need not do it again, unless
    /// a file could not be read, which may have a reason outside of it.
    pub fn settled(&self, remembered: &Remembered, run: Option<i64>, refused: bool) -> Result<(), Failure> {
        let (Some(register), Some(run)) = (&self.register, run) else { return Ok(()) };
        let given = self.given.as_ref().filter(|_| !refused);
        let given = given.map(|given| given::with_decisions(given, &remembered.decisions));
        register
            .settled(run, given.as_deref().unwrap_or_default())
            .and_then(|()| register.keep_copy())
            .map_err(failed)
    }

    /// What is different since the last run, in a sentence; nothing where there was none.
    pub fn since(&self, dataset: &Dataset, inputs: &[InputSeen]) -> Option<String> {
        let (register, last) = (self.register.as_ref()?, self.last.as_ref()?);
        let days = |from: &str, to: &str| -> Option<i64> {
            let day = |at: &str| at.get(..10)?.parse::<jiff::civil::Date>().ok();
            Some(i64::from(day(from)?.until(day(to)?).ok()?.get_days()))
        };
        let stale = |input: &InputSeen| {
            let since = register.unchanged_since(&input.file, &input.sha256).ok()??;
            let days = days(&since, &self.at)?;
            (days >= STALE).then(|| (input.file.clone(), days))
        };
        // What holds no records is no tracker.
        let trackers = inputs.iter().filter(|input| input.rows > 0);
        let stale: Vec<(String, i64)> = trackers.filter_map(stale).collect();
        Some(since::since(&last.at, dataset, &stale))
    }
}

/// Takes the answers of these workbooks in, where they have any. Why some are refused is told once.
fn take_in(register: &mut Register, paths: &[PathBuf], quiet: bool) -> Result<(), Failure> {
    for path in paths {
        let who = format!("whoever answered in {}", path.file_name().unwrap_or_default().to_string_lossy());
        let Some(taken) = review::take_in(register, &review::read(path, !quiet)?, &who)? else { continue };
        let refused = taken.refused.len();
        let is_old = refused > 0
            && taken.taken == 0
            && register
                .was_told(&sha256(path).unwrap_or_default(), &format!("{:?}", taken.refused))
                .map_err(failed)?;
        if is_old && !quiet {
            eprintln!(
                "{}: answers refused before, and still: {refused}; collate review --apply says why",
                path.display()
            );
        } else if !is_old && (refused > 0 || taken.taken > 0 && !quiet) {
            review::tell(path, &taken);
        }
    }
    Ok(())
}

/// Takes rows out that a person left out: they are counted, and told.
fn leave_out(
    recalled: &mut Recalled,
    decisions: &[Decision],
    tables: &mut Vec<CleanTable>,
    found: &mut Recognised,
) {
    let out = recalled.leave_out(decisions);
    if out.iter().all(Vec::is_empty) {
        return;
    }
    *tables = std::mem::take(tables)
        .into_iter()
        .zip(out)
        .map(|(table, records)| {
            let source = found.sources.iter().position(|s| s.file == table.file && s.sheet == table.sheet);
            let mut numbers: Vec<u32> = records.iter().map(|record| table.rows[*record as usize]).collect();
            let (file, sheet) = (table.file.clone(), table.sheet.clone());
            let table = table.without(&records);
            numbers.dedup();
            // A row of which other records stay is counted with them.
            numbers.retain(|number| table.rows.binary_search(number).is_err());
            for number in numbers {
                if let Some(source) = source {
                    found.counts[source].left_alone += 1;
                }
                let what = "a person decided to leave this row out";
                let todo = "take the decision back with collate decisions if that is no longer so";
                let note = Note::new(Severity::Info, "row-left-out", &file, what, todo);
                found.notes.push(note.on_sheet(&sheet).on_row(number));
            }
            table
        })
        .collect();
}

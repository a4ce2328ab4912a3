//! scratch
use collate_clean::*;
use collate_model::*;
use std::io::Read;
fn main() {
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    for l in s.lines() {
        let mut p = l.splitn(3, '\t');
        let (of, order, text) = (p.next().unwrap(), p.next().unwrap(), p.next().unwrap());
        let text = text.replace("\\n", "\n").replace("\\t", "\t");
        let f = Field { name: String::new(), title: String::new(), kind: FieldType::People, of: of.into(), headers: vec![], values: Default::default(), owner: false, history: false, private: false, fill_down: false, derive: None };
        let mut c = Context::default();
        c.as_at = Some("2021-09-06".parse().unwrap());
        if order == "S" {
            c.names = NameOrder::SurnameFirst;
        }
        let r = clean_text(&text, CellKind::Text, &f, &c);
        let flaw = format!("{:?}", r.flaw.as_ref().map(|f| f.0));
        let people = match &r.value {
            Value::People(p) => p
                .iter()
                .map(|p| {
                    format!(
                        "{}|{}|{:?}|{}{}{}|{}",
                        p.forenames,
                        p.surname,
                        p.role,
                        if p.unborn { "+" } else { "" },
                        if p.placeholder { "?" } else { "" },
                        if p.label { "#" } else { "" },
                        p.aliases.iter().map(|a| format!("{}/{}", a.0, a.1)).collect::<Vec<_>>().join("~")
                    )
                })
                .collect::<Vec<_>>()
                .join(";"),
            v => format!("!{v:?}"),
        };
        println!("{people}\t{flaw}");
    }
}

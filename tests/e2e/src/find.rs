//! Finding things on the page by what a reader sees. Runs in the page, so it is JavaScript; each body is a function of
//! `arguments` that returns an element, or null while there is none.

/// Shared by the rest. `said` is the text of an element as read: white space joined, hidden parts left out.
const COMMON: &str = r#"
const join = (text) => (text ?? "").replace(/\s+/g, " ").trim();
// That a question may stay open is said behind its name, and is no part of it.
const said = (element) => join(element.innerText).replace(/ \(optional\)$/, "");
const shown = (element) => element.checkVisibility({ visibilityProperty: true });
// The one that says exactly this, else the only one that begins so.
const pick = (elements, name) => {
  const exact = elements.filter((e) => said(e) === name);
  if (exact.length) return exact.find(shown) ?? exact[0];
  const begin = elements.filter((e) => said(e).startsWith(name) && shown(e));
  return begin.length === 1 ? begin[0] : null;
};
"#;

/// `arguments[0]`: the text of a label; finds the field it belongs to.
const FIELD: &str = r#"
return pick([...document.querySelectorAll("label")], arguments[0])?.control ?? null;
"#;

/// `arguments[0]`: the legend of a group, `arguments[1]`: the label of a radio button or box in it; finds that label.
const CHOICE: &str = r#"
const legend = pick([...document.querySelectorAll("legend")], arguments[0]);
return legend ? pick([...legend.closest("fieldset").querySelectorAll("label")], arguments[1]) : null;
"#;

/// `arguments[0]`: what a button, link or summary says.
const PRESSABLE: &str = r#"
return pick([...document.querySelectorAll("button, a[href], summary, [role=button], [role=tab], [role=switch]")], arguments[0]);
"#;

/// `arguments[0]`: a test id.
const TESTID: &str = r#"
return [...document.querySelectorAll("[data-testid]")].find((e) => e.dataset.testid === arguments[0]) ?? null;
"#;

/// What is being looked for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    Field(&'a str),
    Choice(&'a str, &'a str),
    Pressable(&'a str),
    TestId(&'a str),
}

impl Wanted<'_> {
    /// The script that finds it, and its arguments.
    pub fn script(self) -> (String, Vec<serde_json::Value>) {
        let (body, words) = match self {
            Self::Field(label) => (FIELD, vec![label]),
            Self::Choice(legend, label) => (CHOICE, vec![legend, label]),
            Self::Pressable(text) => (PRESSABLE, vec![text]),
            Self::TestId(id) => (TESTID, vec![id]),
        };
        (format!("{COMMON}{body}"), words.into_iter().map(Into::into).collect())
    }
}

/// What the element with the focus is called: its label, else its text, else its `aria-label`.
pub const FOCUSED: &str = r#"
const join = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const at = document.activeElement;
if (!at || at === document.body) return "";
return join(at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.title || at.tagName);
"#;

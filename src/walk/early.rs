//! What was answered before the program was there: the first screen asks the questions of the first step in plain HTML.

use super::{Action, FieldId, Step, Walk, reduce};

/// The walk with these answers, each `name=text`: the element of its field, and what was chosen or typed there. An answer that the
/// first step does not know is passed over.
#[must_use]
pub fn with_answers(walk: Walk, answers: &[String]) -> Walk {
    answers.iter().filter_map(|answer| given(answer)).fold(walk, reduce)
}

fn given(answer: &str) -> Option<Action> {
    let (name, text) = answer.split_once('=')?;
    match FieldId::all().find(|field| field.step() == Step::Visit && field.element() == name)? {
        FieldId::Date(field) => Some(Action::TypeDate(field, text.to_owned())),
        FieldId::Choice(field) => {
            let answer = field.answers().iter().find(|answer| answer.code == text)?;
            Some(Action::Choose(field, answer.code))
        }
        FieldId::Number(_) | FieldId::Time(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::{ChoiceField, DateField};

    const FIRST_SCREEN: &str = include_str!("../../index.html");

    fn answered(answers: &[&str]) -> Walk {
        with_answers(Walk::new(None), &answers.iter().map(|&answer| answer.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_answered_there_is_answered_here() {
        let walk = answered(&["cycle=3", "day=8", "label=eu", "visit-date=24 Nov 2026"]);
        let chosen = [ChoiceField::Cycle, ChoiceField::Day, ChoiceField::Label].map(|field| walk.choice(field));
        assert_eq!(chosen, [Some("3"), Some("8"), Some("eu")]);
        assert_eq!(walk.date_text(DateField::Visit), "24 Nov 2026");
    }

    #[test]
    fn anything_else_is_passed_over() {
        for strange in ["cycle=7", "cycle", "", "=", "height=170", "sex=male", "constructor=1", "cycle=3=4"] {
            assert_eq!(answered(&[strange]), answered(&[]), "{strange}");
        }
    }

    /// The same questions, words and answers in the same order, and no others.
    #[test]
    fn the_first_screen_asks_what_the_first_step_asks() {
        let form = FIRST_SCREEN.split_once("<form").and_then(|(_, rest)| Some(rest.split_once("</form>")?.0));
        let mut rest = form.expect("a form");
        let mut find = |words: String| match rest.split_once(&words) {
            Some((_, behind)) => rest = behind,
            None => panic!("the first screen does not say {words} there"),
        };
        find(format!("<h2>{}</h2>", Step::Visit.question()));
        let mut boxes = 0;
        let date = FieldId::Date(DateField::Visit);
        let [cycle, day, whose] = [ChoiceField::Cycle, ChoiceField::Day, ChoiceField::Label].map(FieldId::Choice);
        for field in [cycle, day, date, whose] {
            assert_eq!(field.step(), Step::Visit);
            let (name, label) = (field.element(), field.label());
            match field {
                FieldId::Choice(choice) => {
                    find(format!("<legend>{label}</legend>"));
                    for answer in choice.answers() {
                        find(format!("name=\"{name}\" value=\"{}\"><span>{}</span>", answer.code, answer.label));
                        boxes += 1;
                    }
                }
                _ => {
                    find(format!("<label for=\"{name}\">{label}</label>"));
                    find(format!("id=\"{name}\" name=\"{name}\""));
                    boxes += 1;
                }
            }
        }
        assert_eq!(form.expect("a form").matches("<input").count(), boxes);
        let asked = FieldId::all().filter(|field| field.step() == Step::Visit).count();
        assert_eq!(asked, 4, "a question of the first step that the first screen does not ask");
    }
}

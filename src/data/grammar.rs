//! Sentences from a grammar without recursion, hence finitely many (after Backus, 1959).
//!
//! One rule a line, the first one is the sentence; `#` begins a comment:
//!
//! ```text
//! sentence = the <animal> sleeps | <animal> <animal>
//! animal = cat | dog
//! ```
//!
//! Words stand apart by blanks, alternatives by `|`, and `<name>` stands for any alternative of the rule `name`. An empty
//! alternative is nothing.

use super::language::{MAX_LENGTH, MAX_SENTENCES, MAX_TOKENS};
use crate::settings::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Longer files are not read, bytes.
const MAX_BYTES: usize = 100_000;

/// Every sentence, as words; in order, each once.
///
/// # Errors
///
/// The first line that is no rule, a rule that is missing or stands for itself, or what there is too much of.
pub fn sentences(text: &str) -> Result<Vec<Vec<String>>, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(refuse(format!("{} bytes", text.len()), format!("at most {MAX_BYTES} bytes long")));
    }
    let grammar = Grammar::parse(text)?;
    let all = grammar.expand(grammar.first, &mut Vec::new())?;
    let all: BTreeSet<Vec<&str>> = all.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    if all.len() < 2 {
        return Err(refuse(
            format!("{} sentences", all.len()),
            "a grammar of at least 2 sentences, one to learn and one to hold out",
        ));
    }
    let words: BTreeSet<&str> = all.iter().flatten().copied().collect();
    // One more token marks where a sentence has ended.
    if words.len() >= MAX_TOKENS {
        return Err(refuse(
            format!("{} different words", words.len()),
            format!("at most {} different words", MAX_TOKENS - 1),
        ));
    }
    Ok(all.into_iter().map(|sentence| sentence.into_iter().map(str::to_string).collect()).collect())
}

fn refuse(value: impl std::fmt::Display, bound: impl Into<String>) -> Refusal {
    Refusal::new("grammar", value, bound)
}

enum Part<'a> {
    Word(&'a str),
    Rule(&'a str),
}

/// Rules by name: alternatives, each a row of parts.
struct Grammar<'a> {
    first: &'a str,
    rules: BTreeMap<&'a str, Vec<Vec<Part<'a>>>>,
}

impl<'a> Grammar<'a> {
    fn parse(text: &'a str) -> Result<Self, Refusal> {
        let (mut first, mut rules) = (None, BTreeMap::new());
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |bound: &str| refuse(format!("line {}: {line}", number + 1), bound);
            let (name, body) = line.split_once('=').ok_or_else(|| wrong("a rule, name = words | words"))?;
            let name = name.trim();
            if name.is_empty() || name.contains(char::is_whitespace) || name.contains(['<', '>', '|']) {
                return Err(wrong("a rule whose name is one word"));
            }
            let alternatives = body.split('|').map(|words| words.split_whitespace().map(part).collect());
            let alternatives: Option<Vec<Vec<Part>>> = alternatives.collect();
            let alternatives = alternatives.ok_or_else(|| wrong("words and <names>, each < with its >"))?;
            if rules.insert(name, alternatives).is_some() {
                return Err(wrong("the only rule of its name"));
            }
            first = first.or(Some(name));
        }
        let first = first.ok_or_else(|| refuse("no rule", "at least one rule, name = words | words"))?;
        Ok(Self { first, rules })
    }

    /// Everything that a rule stands for; `above` are the rules that it is a part of.
    fn expand<'g>(&'g self, name: &'a str, above: &mut Vec<&'a str>) -> Result<Vec<Vec<&'a str>>, Refusal> {
        if above.contains(&name) {
            return Err(refuse(
                format!("<{name}>"),
                "a rule that does not contain itself, or sentences would never end",
            ));
        }
        let rule = self.rules.get(name).ok_or_else(|| refuse(format!("<{name}>"), "the name of a rule"))?;
        above.push(name);
        let mut all = Vec::new();
        for alternative in rule {
            let mut begun = vec![Vec::new()];
            for part in alternative {
                let next = match part {
                    Part::Word(word) => vec![vec![*word]],
                    Part::Rule(name) => self.expand(name, above)?,
                };
                if begun.len() * next.len() > MAX_SENTENCES {
                    return Err(too_many());
                }
                begun = begun.iter().flat_map(|head| next.iter().map(move |tail| [&head[..], tail].concat())).collect();
                if let Some(long) = begun.iter().find(|words| words.len() > MAX_LENGTH) {
                    return Err(refuse(long.join(" "), format!("at most {MAX_LENGTH} words long")));
                }
            }
            all.append(&mut begun);
            if all.len() > MAX_SENTENCES {
                return Err(too_many());
            }
        }
        above.pop();
        Ok(all)
    }
}

fn too_many() -> Refusal {
    refuse(format!("more than {MAX_SENTENCES} sentences"), format!("a grammar of at most {MAX_SENTENCES} sentences"))
}

/// None where brackets do not match.
fn part(word: &str) -> Option<Part<'_>> {
    match word.strip_prefix('<') {
        Some(rest) => {
            rest.strip_suffix('>').filter(|name| !name.is_empty() && !name.contains(['<', '>'])).map(Part::Rule)
        }
        None => (!word.contains(['<', '>'])).then_some(Part::Word(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grammar_is_all_its_sentences() {
        let text = "# two animals\nsentence = the <animal> sleeps | <animal> <animal>\nanimal = cat | dog # or else\n";
        let sentences: Vec<String> = sentences(text).unwrap().iter().map(|words| words.join(" ")).collect();
        assert_eq!(sentences, ["cat cat", "cat dog", "dog cat", "dog dog", "the cat sleeps", "the dog sleeps"]);
    }

    #[test]
    fn what_is_no_grammar_is_named() {
        let nested = (0..20).map(|i| format!("a{i} = <a{}> <a{}>\n", i + 1, i + 1)).collect::<String>();
        let wide =
            "s = <a> <a> <a> <a> <a>\na = ".to_string() + &(0..30).map(|i| format!("w{i} |")).collect::<String>();
        let words = "s = ".to_string() + &(0..80).map(|i| format!("w{i} |")).collect::<String>();
        let long = "s = a | ".to_string() + &"b ".repeat(17);
        for (text, part) in [
            ("", "at least one rule"),
            ("s = a\n\nthe cat", "line 3: the cat"),
            ("= a", "name is one word"),
            ("two words = a", "name is one word"),
            ("s = a <b", "each < with its >"),
            ("s = <> a", "each < with its >"),
            ("s = a | b\ns = c", "the only rule of its name"),
            ("s = <t>", "the name of a rule"),
            ("s = a <t>\nt = b | <s>", "sentences would never end"),
            ("s = a", "at least 2 sentences"),
            (&nested, "the name of a rule"),
            (&(nested.clone() + "a20 = x y"), "words long"),
            (&wide, "sentences"),
            (&words, "different words"),
            (&long, "at most 16 words"),
            (&"#".repeat(100_001), "at most 100000 bytes"),
        ] {
            let refusal = sentences(text).unwrap_err();
            assert!(refusal.field == "grammar" && refusal.to_string().contains(part), "{part}: {refusal}");
        }
    }
}

//! Checks by its brackets whether a pattern can be a regular expression of ECMA-262.

/// What is wrong with a pattern.
pub(super) fn mistake(pattern: &str) -> Option<&'static str> {
    let mut groups = 0_usize;
    let mut in_class = false;
    // Whether there is something before `*` that it could repeat.
    let mut is_repeatable = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                if characters.next().is_none() {
                    return Some("nothing follows the last `\\`");
                }
                is_repeatable = true;
            }
            ']' if in_class => {
                in_class = false;
                is_repeatable = true;
            }
            _ if in_class => {}
            '[' => in_class = true,
            '(' => {
                groups += 1;
                is_repeatable = false;
                // `(?:`, `(?=`, `(?<name>`
                if characters.as_str().starts_with('?') {
                    characters.next();
                }
            }
            ')' => {
                let Some(open) = groups.checked_sub(1) else {
                    return Some("there is a `)` without its `(`");
                };
                groups = open;
                is_repeatable = true;
            }
            '*' | '+' | '?' if !is_repeatable => {
                return Some("a repetition has nothing before it to repeat");
            }
            '|' | '^' => is_repeatable = false,
            _ => is_repeatable = true,
        }
    }
    match (in_class, groups) {
        (true, _) => Some("a `[` is not closed"),
        (_, 1..) => Some("a `(` is not closed"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_can_be_one_is_right() {
        let patterns = [
            "",
            r"^\+?[1-9]\d{1,14}$",
            "^(?:a|b)*?$",
            "(?<year>[0-9]{4})",
            "[]a]",
            r"[^\]()*]+",
            "^$",
            "a{2,}",
            "(?=.*[A-Z]).+",
            r"\*",
        ];
        for pattern in patterns {
            assert_eq!(mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_cannot_is_told() {
        for pattern in ["(", "a)", "[a", "*", "a|*", "(+)", "a\\"] {
            assert!(mistake(pattern).is_some(), "{pattern}");
        }
    }
}

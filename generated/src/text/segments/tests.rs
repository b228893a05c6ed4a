use std::sync::LazyLock;

use super::*;

fn parts(text: &str) -> (Encoding, usize, usize) {
    let segments = segments(text);
    (segments.encoding, segments.units, segments.parts)
}

#[test]
fn a_text_of_gsm_7_has_160_units_alone_and_153_in_company() {
    for (units, expected) in [
        (0, 0),
        (1, 1),
        (160, 1),
        (161, 2),
        (306, 2),
        (307, 3),
        (1530, 10),
        (1531, 11),
    ] {
        let text = "a".repeat(units);
        assert_eq!(parts(&text), (Encoding::Gsm7, units, expected));
    }
}

#[test]
fn a_text_of_utf_16_has_70_units_alone_and_67_in_company() {
    for (units, expected) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (670, 10)] {
        let text = "я".repeat(units);
        assert_eq!(parts(&text), (Encoding::Utf16, units, expected));
    }
}

#[test]
fn a_character_of_two_units_is_never_divided() {
    let text = format!("{}€{}", "a".repeat(152), "a".repeat(152));
    assert_eq!(parts(&text), (Encoding::Gsm7, 306, 3));
    let text = format!("{}😀{}", "я".repeat(66), "я".repeat(66));
    assert_eq!(parts(&text), (Encoding::Utf16, 134, 3));
}

#[test]
fn a_culprit_is_named_with_its_place_and_its_stand_in() {
    let segments = segments("Don’t… 😀");
    assert_eq!(segments.encoding, Encoding::Utf16);
    let culprits: Vec<_> = segments
        .culprits
        .iter()
        .map(|culprit| (culprit.offset, culprit.character, culprit.stand_in))
        .collect();
    assert_eq!(
        culprits,
        [(3, '’', Some("'")), (7, '…', Some("...")), (11, '😀', None)]
    );
}

#[test]
fn smart_encoding_makes_the_number_a_range() {
    let text = format!("{}’", "a".repeat(159));
    assert_eq!(segments(&text).parts, 3);
    assert_eq!(segments(&text).possible_parts, Some(1..=3));
    // Whatever the setting is, one part.
    assert_eq!(segments("Don’t").possible_parts, None);
    // An emoji keeps the text in UTF-16, where the three dots are longer than the one sign.
    let text = format!("{}…😀", "a".repeat(67));
    assert_eq!(segments(&text).parts, 1);
    assert_eq!(segments(&text).possible_parts, Some(1..=2));
}

#[test]
fn a_letter_on_which_the_pages_disagree_makes_the_number_a_range() {
    for letter in "Ç¤ΔΦΓΛΩΠΨΣΘΞ".chars() {
        let text = format!("{}{letter}", "a".repeat(100));
        let segments = segments(&text);
        assert_eq!(segments.encoding, Encoding::Utf16);
        assert_eq!((segments.units, segments.parts), (101, 2));
        assert_eq!(segments.possible_parts, Some(1..=2), "{letter}");
        assert_eq!(segments.culprits.len(), 1);
    }
    // A character that is certainly not GSM-7 settles it.
    let text = format!("{}Σя", "a".repeat(100));
    assert_eq!(segments(&text).possible_parts, None);
}

/// Random texts of all kinds, the same in every run.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    const ALPHABETS: [&str; 5] = [
        "abc XYZ 0189.,@$\n",
        "[]{}€^~|\\ab",
        "ΣΔÇ¤abc",
        "’“…\u{a0}\t\u{200b}ＡΑab",
        "я漢😀🏳\u{fe0f}\u{200d}🌈e\u{301}",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % limit
    };
    let texts = (0..20_000).map(move |_| {
        let mask = random(31) + 1;
        let alphabet: Vec<char> = (0..5)
            .filter(|bit| mask >> bit & 1 == 1)
            .flat_map(|bit| ALPHABETS[bit].chars())
            .collect();
        let length = random(480);
        (0..length)
            .map(|_| alphabet[random(alphabet.len())])
            .collect()
    });
    texts.collect()
});

/// Cuts a text into parts, each as long as it may be: by another way than `Count`.
fn cut(text: &str, capacity: [usize; 2], units: impl Fn(char) -> usize) -> usize {
    let characters: Vec<usize> = text.chars().map(units).collect();
    if characters.is_empty() {
        return 0;
    }
    if characters.iter().sum::<usize>() <= capacity[0] {
        return 1;
    }
    let (mut rest, mut parts) = (characters.as_slice(), 0);
    while !rest.is_empty() {
        let mut used = 0;
        let fits = rest.iter().take_while(|units| {
            used += **units;
            used <= capacity[1]
        });
        rest = &rest[fits.count()..];
        parts += 1;
    }
    parts
}

#[test]
fn random_texts_are_cut_as_by_hand() {
    let gsm7_units = |letter: char| match alphabet::letter(letter) {
        Letter::Of(units) => units,
        Letter::Doubtful => 1,
        Letter::Foreign => 0,
    };
    let (mut plain, mut doubtful) = (0, 0);
    for text in TEXTS.iter() {
        let segments = segments(text);
        let is_certain = |letter| matches!(alphabet::letter(letter), Letter::Of(_));
        if text.chars().all(is_certain) {
            plain += 1;
            assert_eq!(segments.encoding, Encoding::Gsm7);
            assert_eq!(segments.parts, cut(text, [160, 153], gsm7_units), "{text}");
            assert_eq!(segments.possible_parts, None);
            assert_eq!(segments.culprits.capacity(), 0);
            continue;
        }
        assert_eq!(segments.encoding, Encoding::Utf16);
        let utf16 = cut(text, [70, 67], char::len_utf16);
        assert_eq!(segments.parts, utf16, "{text}");
        assert_eq!(segments.units, text.encode_utf16().count());
        for culprit in &segments.culprits {
            assert!(text[culprit.offset..].starts_with(culprit.character));
        }
        if let Some(range) = segments.possible_parts {
            doubtful += 1;
            assert!(range.contains(&segments.parts), "{text}: {range:?}");
        }
    }
    assert!(plain > 1_000 && doubtful > 1_000, "{plain}, {doubtful}");
}

#[test]
fn what_smart_encoding_writes_is_in_the_range() {
    for text in TEXTS.iter() {
        let smart: String = text
            .chars()
            .map(|letter| stand_in(letter).map_or_else(|| letter.to_string(), str::to_owned))
            .collect();
        let [before, after] = [text, &smart].map(|text| segments(text));
        let range = before.possible_parts.unwrap_or(before.parts..=before.parts);
        assert!(range.contains(&after.parts), "{text}: {range:?}");
        if let Some(after) = after.possible_parts {
            assert!(range.contains(after.start()) && range.contains(after.end()));
        }
    }
}

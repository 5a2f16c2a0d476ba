use proptest::prelude::*;

use super::*;

const KINDS: [&str; 8] = ["agent", "vector-store", "web-app", "llm", "data-store", "tool", "memory", "endpoint"];

#[test]
fn typing_mistakes_find_their_word() {
    for (word, expected) in [
        ("agnt", "agent"),
        ("agetn", "agent"),
        ("vectorstore", "vector-store"),
        ("vector_store", "vector-store"),
        ("VectorStore", "vector-store"),
        ("vector stores", "vector-store"),
        ("tools", "tool"),
        ("endpiont", "endpoint"),
        ("LLM", "llm"),
        ("memroy", "memory"),
    ] {
        assert_eq!(closest(word, KINDS), Some(expected), "{word}");
    }
}

#[test]
fn distant_words_find_nothing() {
    for word in ["", "database", "xyz", "lm", "-", "a", "agent"] {
        assert_eq!(closest(word, KINDS), None, "{word}");
    }
    assert_eq!(closest(&"a".repeat(10_000), KINDS), None);
}

#[test]
fn the_order_of_the_candidates_changes_nothing() {
    assert_eq!(closest("cat", ["car", "bat"]), Some("bat"));
    assert_eq!(closest("cat", ["bat", "car"]), Some("bat"));
}

proptest! {
    #[test]
    fn any_word_is_answered(word in "\\PC{0,40}", candidates in proptest::collection::vec("\\PC{0,20}", 0..6)) {
        let found = closest(&word, candidates.iter().map(String::as_str));
        prop_assert!(found.is_none_or(|found| candidates.iter().any(|known| known == found)));
    }
}

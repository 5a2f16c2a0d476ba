//! Codes of messages, each with what it means and what to do.

/// Code, what it means, what to do.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "syntax",
        "The file is not valid YAML or JSON at this place.",
        "Mend the line; the rest of the file was read without it.",
    ),
    ("tab-indent", "YAML does not allow tabs for indentation.", "Indent with two spaces."),
    ("missing-space", "A colon needs a space behind it to begin a value.", "Write `kind: llm`, not `kind:llm`."),
    ("duplicate-key", "A key stands twice in one map; only the first is read.", "Keep one of them, or join the two."),
    ("merge-key", "YAML merge keys (`<<`) are not read.", "Write the keys out, or use an alias for a whole value."),
    (
        "alias-unknown",
        "An alias (`*name`) has no anchor (`&name`) before it.",
        "Define the anchor first, or quote the text when no alias is meant.",
    ),
    ("alias-cycle", "An anchor contains itself.", "Write the inner value out."),
    ("tag", "A YAML tag has no meaning in a model.", "Leave it out."),
    ("key-not-text", "A key of a map must be a single word.", "Write a word before the colon."),
    ("several-documents", "The file holds more than one document.", "Keep one, or split the file with `include`."),
    ("empty-file", "There is nothing in the file.", "`telamon init` writes a first model."),
    ("nul-byte", "The text contains a NUL byte.", "Save the file as UTF-8 text."),
    ("not-utf8", "The file is not UTF-8.", "Save it as UTF-8."),
    ("too-large", "The file is larger than 512 MiB.", "Split it with `include`."),
    ("too-deep", "Lists and maps, or zones, nest deeper than 64 levels.", "Flatten the structure."),
    (
        "too-many-nodes",
        "The file has more than 40 million values, aliases counted each time.",
        "Split it, or use fewer aliases.",
    ),
    ("scalar-too-long", "A single value is longer than 1 MiB.", "Shorten it."),
    ("too-many-errors", "There are too many errors to list.", "Mend the first ones and run again."),
    ("bad-data", "A data file does not have the expected shape.", "Compare it with its neighbours in the same folder."),
    (
        "wrong-type",
        "A value is of another sort than its key expects: a list where a word is wanted, say.",
        "Write the sort that the message names.",
    ),
    (
        "unknown-key",
        "A section does not have this key.",
        "Take the spelling that is proposed; keys that begin with `x-` are kept and ignored.",
    ),
    ("missing-key", "A key that must be there is missing.", "Add it."),
    ("unknown-word", "A value is not one of the words that its key allows.", "Take one of the words listed."),
    ("unknown-kind", "There is no kind of component with this id.", "`telamon kinds WORD` finds the right one."),
    ("unknown-control", "There is no control with this id.", "`telamon controls WORD` finds the right one."),
    ("unknown-carries", "A flow cannot carry this.", "Take one of the words listed, or leave the brackets out."),
    (
        "unknown-reference",
        "A component, zone or data asset is named that does not exist.",
        "Take the spelling that is proposed, or add the element.",
    ),
    ("duplicate-id", "An id is given to two elements.", "Rename one."),
    ("duplicate-control", "A control is stated twice on one element.", "Keep one."),
    ("bad-id", "A text cannot be an id.", "Use letters, digits, `-`, `_` and `.`, beginning with a letter or digit."),
    (
        "bad-flow",
        "A flow is not written in one of the known forms.",
        "Write `a -> b: caption`, `a <-> b`, or the long form with `from` and `to`.",
    ),
    ("bad-date", "A text is no day of the calendar.", "Write year-month-day, such as 2026-11-25."),
    ("bad-number", "A value is no amount.", "Write a number without unit or currency."),
    ("zone-circle", "A zone lies within itself by its parents.", "Name another parent, or none."),
    ("include-circle", "A file includes itself.", "Remove the line."),
    (
        "include-unreadable",
        "A file that is included cannot be read, or lies outside the model's folder.",
        "Name a file below the model's folder.",
    ),
    (
        "rules-unreadable",
        "A folder of rules that the model names cannot be read, or lies outside the model's folder.",
        "Name a folder below the model's, or give another one with `--rules`.",
    ),
    ("decision-target", "A decision is for one threat, one match or one framework entry.", "Keep one of the three."),
    ("open-ended", "An acceptance has no end.", "Add `until:` with a date."),
    (
        "cut-short",
        "A blank and a `#` begin a comment, which may cut the text before them short.",
        "Quote the text if the rest belongs to it; where it is a comment, put a blank behind its `#`.",
    ),
    ("no-reason", "A control that does not apply needs a reason.", "Add `why:`."),
    ("unused-decision", "No threat matches a decision.", "Mend the id, or take the decision out."),
    (
        "unseen-decision",
        "A decision does not say what it saw, so changes cannot be noticed.",
        "`telamon decide --refresh` fills it in.",
    ),
    ("lonely-component", "Nothing flows to or from a component.", "Add a flow, or take the component out."),
    (
        "unused-data",
        "No component holds a data asset and no flow carries it.",
        "Name it in `holds` of the component that keeps it.",
    ),
    (
        "unclassified-data",
        "The classification of a data asset is not written; confidential is assumed.",
        "Add `classification:`.",
    ),
    (
        "control-without-effect",
        "A control cannot stand where it is written, so it changes nothing.",
        "Move it to an element on which it can stand.",
    ),
    (
        "ambiguous-carries",
        "The two kinds of a flow leave open what it carries; the wider meaning is taken.",
        "Say which, in brackets behind the arrow.",
    ),
    (
        "bare-boundary",
        "Nothing is stated to guard the boundary between two zones.",
        "State the controls at one end, on a flow or on a zone; `absent` counts as stated.",
    ),
    ("bad-rule-file", "A rule file is a list of rules.", "Begin each rule with `- id:`."),
    ("bad-rule", "A rule is a map of keys.", "Begin it with `- id:`."),
    (
        "bad-condition",
        "A condition of a rule cannot be read.",
        "See the page on the rule language, or `telamon rules show ID` for an example.",
    ),
    (
        "polarity",
        "A condition reads a control without `not`, or a label under `not`.",
        "Turn it round: a control must never make a threat appear, and what is unknown must never make one disappear.",
    ),
    (
        "foreign-attribute",
        "None of the kinds of a rule has an attribute that it reads.",
        "Name a kind that has it, or another attribute.",
    ),
    (
        "unknown-placeholder",
        "A text of a rule uses a placeholder that does not exist.",
        "Take one of the placeholders listed.",
    ),
    ("bad-fact", "A need or gain of a rule is no fact of an attack.", "Write `verb(place)`, such as `write(source)`."),
    (
        "bad-successor",
        "`succeeds` lacks a rule or the controls that hold it.",
        "Write `succeeds: { rule: id, by: [control] }`.",
    ),
    (
        "not-atlas",
        "A file that is to be imported is no official file of MITRE ATLAS.",
        "Import an ATLAS.yaml of release 4 or 5, a file of format 6, or the STIX bundle.",
    ),
    (
        "import-duplicate",
        "An official file has an id, or a relation, twice.",
        "Nothing: the first one is kept. Those who publish the file may want to know.",
    ),
    (
        "import-no-text",
        "An entry of an official file has no name or no description.",
        "Nothing: `telamon explain` shows the text of another edition, where one is kept.",
    ),
    (
        "import-dangling",
        "An official file names an id that it does not have.",
        "Nothing: texts do not need it. A file that was cut short has many of these.",
    ),
    (
        "import-deprecated",
        "An official file relates an entry to one that is deprecated.",
        "Nothing: the texts of both are kept.",
    ),
    (
        "import-mismatch",
        "Two places of an official file contradict one another.",
        "Nothing: the message says which place counts.",
    ),
    (
        "import-shape",
        "A value in an official file is of another sort than the format has.",
        "Nothing: it is passed over; the message says where an entry is left out.",
    ),
    (
        "import-edition",
        "What an official file says of its release contradicts its name or your call, or is no release.",
        "Name the release with `--edition`.",
    ),
    ("unknown-rule", "There is no rule with this id.", "`telamon rules list` lists all rules."),
    (
        "bad-policy",
        "A policy of the gate names a criticality, state, list, kind or control that does not exist, or leaves a criticality out.",
        "Take the words of catalog/policy.yaml, `telamon kinds` and `telamon controls`.",
    ),
    (
        "bad-weights",
        "The table of weights does not rise with cost, or does not cover every cost.",
        "Sort the rows and end at 65535.",
    ),
];

/// The smallest text that brings a code about: a model, or a rule file where the code is about rules.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("syntax", "system: Chat\ncomponents:\n  bot: { kind: llm\nflows: []\n"),
    ("tab-indent", "system: Chat\ncomponents:\n\tbot: { kind: llm }\n"),
    ("missing-space", "system: Chat\ncomponents:\n  bot: {kind:llm}\n"),
    ("duplicate-key", "system: Chat\nsystem: Talk\n"),
    ("alias-unknown", "system: Chat\ncomponents:\n  bot: *shared\n"),
    ("key-not-text", "system: Chat\ncomponents:\n  [bot]: { kind: llm }\n"),
    ("several-documents", "system: Chat\n---\nsystem: Talk\n"),
    ("wrong-type", "system: Chat\ncomponents: [bot]\n"),
    ("unknown-key", "system: Chat\ncomponents:\n  bot: { kind: llm, colour: red }\n"),
    ("missing-key", "components:\n  bot: { kind: llm }\n"),
    ("unknown-word", "system: Chat\ncomponents:\n  bot: { kind: agent, autonomy: free }\n"),
    ("unknown-kind", "system: Chat\ncomponents:\n  kb: { kind: vectorstore }\n"),
    ("unknown-control", "system: Chat\ncomponents:\n  bot: { kind: llm-app, controls: [ratelimit] }\n"),
    (
        "unknown-carries",
        "system: Chat\ncomponents:\n  app: { kind: llm-app }\n  bot: { kind: llm }\nflows:\n  - app -> bot [promt]: question\n",
    ),
    ("unknown-reference", "system: Chat\ncomponents:\n  bot: { kind: llm, zone: cloud }\n"),
    ("bad-id", "system: Chat\ncomponents:\n  my bot: { kind: llm }\n"),
    ("bad-flow", "system: Chat\ncomponents:\n  bot: { kind: llm }\nflows:\n  - user to bot\n"),
    (
        "bad-date",
        "system: Chat\ndecisions:\n  - { threat: evasion@bot, response: accept, why: small, until: 31.12.2026 }\n",
    ),
    ("zone-circle", "system: Chat\nzones:\n  inner: { parent: outer }\n  outer: { parent: inner }\n"),
    ("decision-target", "system: Chat\ndecisions:\n  - { response: accept, why: small, until: 2027-01-31 }\n"),
    ("open-ended", "system: Chat\ndecisions:\n  - { threat: evasion@bot, response: accept, why: small }\n"),
    (
        "no-reason",
        "system: Chat\ncomponents:\n  bot: { kind: llm-app, controls: { rate-limiting: { state: not-applicable } } }\n",
    ),
    ("cut-short", "system: Shop #1\n"),
    ("lonely-component", "system: Chat\ncomponents:\n  bot: { kind: llm }\n"),
    ("unused-data", "system: Chat\ndata:\n  chats: { classification: internal }\n"),
    (
        "unclassified-data",
        "system: Chat\ncomponents:\n  log: { kind: log-store, holds: [chats] }\ndata:\n  chats: { scope: user }\n",
    ),
    ("bad-rule-file", "id: night-shift\n"),
    ("bad-rule", "- night-shift\n"),
];

/// The smallest text that brings a code about.
pub fn example(code: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}

/// The entry of a code, those of the id lint included.
pub fn find(code: &str) -> Option<(&'static str, &'static str, &'static str)> {
    CODES.iter().find(|(known, _, _)| *known == code).copied().or_else(|| {
        telamon_catalog::lint::CODES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(known, means)| (*known, *means, "Take the citation that is proposed."))
    })
}

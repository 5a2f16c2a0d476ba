//! Reading a text, and reading it again without the lines that are broken.

use granit_parser::{ErrorKind, Parser};

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

use super::build::{Builder, floor, size};
use super::node::{Limits, Node};
use super::recover::{self, Patch};
use super::syntax;

/// What could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading<'s> {
    /// The document, as far as it could be read.
    pub root: Option<Node<'s>>,
    /// Whether lines had to be left out to read the rest, or reading stopped
    /// early. Then a name that is not defined may be defined in what is missing.
    pub patched: bool,
}

/// How often a text is read again after leaving out a broken line.
const ROUNDS: usize = 20;
/// Large files are read again less often: no more bytes than this in all.
const REREAD: usize = 128 << 20;

/// Reads one document and says everything that is wrong with it; see
/// [`read_all`], which also tells whether lines were left out.
pub fn read<'s>(source: SourceId, text: &'s str, limits: &Limits, out: &mut Vec<Diagnostic>) -> Option<Node<'s>> {
    read_all(source, text, limits, out).root
}

/// Reads one document and says everything that is wrong with it.
///
/// The parser stops at the first error in the syntax. The lines that cause it
/// are blanked then, which moves no byte, and the text is read again.
pub fn read_all<'s>(source: SourceId, text: &'s str, limits: &Limits, out: &mut Vec<Diagnostic>) -> Reading<'s> {
    if text.len() > limits.bytes || u32::try_from(text.len()).is_err() {
        out.push(Diagnostic::error(
            "too-large",
            format!("the file has {} bytes, more than the limit of {}", text.len(), size(limits.bytes)),
        ));
        return Reading::default();
    }
    let before = out.len();
    let mut patch = Patch::new(text);
    if let Some(at) = text.find('\0') {
        out.push(
            Diagnostic::error("nul-byte", "the text contains a NUL byte")
                .at(Span::new(source, at, at + 1))
                .note("a model is a text: this may be another kind of file"),
        );
        patch.blank_nul();
    }
    let mut reread = 0;
    for round in 0..=ROUNDS {
        let input = patch.text();
        let mut builder = Builder::new(source, text, limits);
        let failure = parse(&mut builder, text, input);
        let last = round == ROUNDS || reread + text.len() > REREAD && round > 1;
        reread += text.len();
        let Some(failure) = failure else {
            return finish(builder, patch.is_patched(), out, source, before);
        };
        if failure.kind == ErrorKind::RecursionLimitExceeded {
            builder.too_deep(Span::new(source, failure.at, failure.at));
            return finish(builder, patch.is_patched(), out, source, before);
        }
        let step = recover::step(&patch, &builder, &failure);
        if !step.silent {
            out.push(syntax::explain(source, text, &failure, &step));
        }
        if last || !step.mendable {
            if last {
                out.push(Diagnostic::remark(
                    "syntax",
                    "there may be more errors in the syntax: the rest of the file is not read",
                ));
            }
            return finish(builder, true, out, source, before);
        }
        patch.apply(&step);
    }
    Reading { root: None, patched: true }
}

/// Where and why the parser stopped.
pub(super) struct Failure {
    pub kind: ErrorKind,
    /// Byte where it noticed.
    pub at: usize,
    /// Byte behind the last thing that it understood.
    pub understood: usize,
}

fn parse(builder: &mut Builder<'_, '_>, original: &str, input: &str) -> Option<Failure> {
    let mut options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
    };
    options.flow_nesting_limit = builder.depth_limit() + 1;
    options.block_nesting_limit = builder.depth_limit() + 1;
    let mut understood = 0;
    for event in Parser::new_from_str_with_options(input, options) {
        match event {
            Ok((event, span)) => {
                understood = span.start.byte_offset().unwrap_or(0).max(understood);
                builder.take(event, span, input);
                if builder.stopped {
                    return None;
                }
            }
            Err(error) => {
                return Some(Failure {
                    kind: error.kind().clone(),
                    at: floor(original, error.marker().byte_offset().unwrap_or(input.len())),
                    understood,
                });
            }
        }
    }
    None
}

fn finish<'s>(
    mut builder: Builder<'s, '_>,
    patched: bool,
    out: &mut Vec<Diagnostic>,
    source: SourceId,
    before: usize,
) -> Reading<'s> {
    let root = builder.finish();
    out.append(&mut builder.out);
    let own = out.get_mut(before..).unwrap_or_default();
    crate::diagnostic::sort(own);
    let root = root.filter(|root| !root.is_plain_null());
    if root.is_none() && !crate::diagnostic::has_errors(out.get(before..).unwrap_or_default()) {
        out.push(
            Diagnostic::error("empty-file", "the file is empty")
                .at(Span::new(source, 0, 0))
                .note("it holds nothing but blanks and comments"),
        );
    }
    Reading { root, patched: patched || builder.stopped }
}

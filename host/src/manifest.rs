//! What `manifest.json` says: the entries of a program, its tasks, and where their images lie.
//!
//! In: the JSON text the compiler wrote. Out: a `Manifest`, checked so far as it can be without the images.
//!
//! The host needs of it only which image an entry starts and how its inputs and outputs are called; the rest is
//! there for people and for pictures. Maps are ordered, so the same program gives the same text.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The version of the format; a reader refuses others.
pub const FORMAT: u32 = 1;

/// A whole manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this format, `FORMAT`.
    pub format: u32,
    /// The compiler that wrote it, for people.
    pub compiler: String,
    /// The target triple of the images.
    pub target: String,
    /// The root functions of the program, by name.
    pub entries: BTreeMap<String, Entry>,
    /// The tasks, by the hexadecimal content name of their image.
    pub tasks: BTreeMap<String, Task>,
    /// The side file that maps sites to source positions, relative to the manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites: Option<String>,
}

/// A function that can be asked for from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The task it starts, a key of `Manifest::tasks`.
    pub task: String,
    /// Its parameters, in order.
    pub inputs: Vec<Input>,
    /// Its results, in order.
    pub outputs: Vec<Output>,
}

/// A parameter of an entry or an input of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The parameter's name.
    pub name: String,
    /// The type, as the language writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// How a value of it lies in an object.
    pub mode: Mode,
    /// The fingerprint of the type's layout, if the type has one worth checking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// A result of an entry or an output of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The output's name.
    pub name: String,
    /// The type, as the language writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// How a value of it lies in an object.
    pub mode: Mode,
    /// The fingerprint of the type's layout, if the type has one worth checking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The size in bytes as an expression over the inputs, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
}

/// How a value lies in an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// At most 30 bytes without pointers: the name holds them.
    Literal,
    /// Elements without pointers, one after another.
    Raw,
    /// Root, pointer part, payload and bitmap.
    Record,
    /// Text, appended to a stream.
    Text,
    /// An array of names.
    Names,
}

/// A task: one image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The name people know it by.
    pub name: String,
    /// The image's file, relative to the manifest.
    pub image: String,
    /// What the image's note says.
    pub note: NoteSummary,
    /// Its inputs, in order.
    pub inputs: Vec<Input>,
    /// Its outputs, in order.
    pub outputs: Vec<Output>,
    /// The runs it may ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spawns: Vec<Spawn>,
    /// The estimate of its work, as an expression over the inputs, in units of 0.4 ns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What it does besides computing: `panic`, `diverge`, `emit`, `ingress`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<String>,
    /// Where it stands in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// The part of a task's note that people ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteSummary {
    /// See `cloudc_abi::code::note_flag`.
    pub flags: u32,
    /// Bit i: slot i may be called.
    pub calls: u32,
    /// Stack bytes.
    pub stack: u32,
    /// Heap bytes granted at entry.
    pub heap: u64,
    /// The most heap, 0 for the host's choice.
    pub heap_max: u64,
}

/// A place in a task that asks for another run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spawn {
    /// The site's number in the image.
    pub site: u32,
    /// The task asked for, a key of `Manifest::tasks`.
    pub callee: String,
    /// The test that decides between a run and a call in place, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<String>,
    /// How many runs the site asks for, as an expression; absent: one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fan_out: Option<String>,
}

/// A place in the source, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The file, relative to the package.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Why a manifest is refused.
#[derive(Debug)]
pub enum ManifestError {
    /// The text is not such JSON.
    Syntax(serde_json::Error),
    /// Another version of the format.
    Format(u32),
    /// An entry or a spawn names a task that is not there.
    UnknownTask {
        /// The key that is missing.
        task: String,
        /// Who asks for it.
        user: String,
    },
}

impl Manifest {
    /// Reads and checks a manifest.
    pub fn parse(text: &str) -> Result<Manifest, ManifestError> {
        let manifest: Manifest = serde_json::from_str(text).map_err(ManifestError::Syntax)?;
        if manifest.format != FORMAT {
            return Err(ManifestError::Format(manifest.format));
        }
        let uses = manifest.entries.iter().map(|(name, entry)| (&entry.task, name)).chain(
            manifest.tasks.values().flat_map(|task| task.spawns.iter().map(|s| (&s.callee, &task.name))),
        );
        for (task, user) in uses {
            if !manifest.tasks.contains_key(task) {
                return Err(ManifestError::UnknownTask { task: task.clone(), user: user.clone() });
            }
        }
        Ok(manifest)
    }

    /// The text, with a newline at its end.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ManifestError::Syntax(error) => write!(f, "the manifest cannot be read: {error}"),
            ManifestError::Format(found) => {
                write!(f, "the manifest has format {found}, this host reads format {FORMAT}")
            }
            ManifestError::UnknownTask { task, user } => {
                write!(f, "`{user}` uses task {task}, which the manifest does not list")
            }
        }
    }
}

impl std::error::Error for ManifestError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Manifest {
        let input = Input { name: "xs".into(), ty: "Vec<f64>".into(), mode: Mode::Raw, fingerprint: None };
        let output = Output {
            name: "sum".into(),
            ty: "f64".into(),
            mode: Mode::Literal,
            fingerprint: None,
            size: Some("8".into()),
        };
        let task = Task {
            name: "sum".into(),
            image: "images/sum.elf".into(),
            note: NoteSummary::default(),
            inputs: vec![input.clone()],
            outputs: vec![output.clone()],
            spawns: vec![Spawn { site: 1, callee: "ab".into(), guard: None, fan_out: None }],
            cost: Some("3*len(xs)".into()),
            effects: vec!["panic".into()],
            position: Some(Position { file: "src/main.rs".into(), line: 3, column: 1 }),
        };
        Manifest {
            format: FORMAT,
            compiler: "cloudc 0.1.0".into(),
            target: "x86_64-unknown-linux".into(),
            entries: BTreeMap::from([(
                "sum".into(),
                Entry { task: "ab".into(), inputs: vec![input], outputs: vec![output] },
            )]),
            tasks: BTreeMap::from([("ab".into(), task)]),
            sites: None,
        }
    }

    #[test]
    fn manifests_round_trip() {
        let manifest = example();
        assert_eq!(Manifest::parse(&manifest.to_json().unwrap()).unwrap(), manifest);
    }

    #[test]
    fn a_missing_task_and_another_format_are_refused() {
        let mut manifest = example();
        manifest.tasks.clear();
        let error = Manifest::parse(&manifest.to_json().unwrap()).unwrap_err();
        assert!(error.to_string().contains("`sum` uses task ab"), "{error}");
        let manifest = Manifest { format: 2, ..example() };
        assert!(matches!(Manifest::parse(&manifest.to_json().unwrap()), Err(ManifestError::Format(2))));
    }
}

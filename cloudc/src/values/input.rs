//! Inputs as the command line gives them: `NAME=VALUE` or `NAME=@FILE`.

use std::fs;
use std::path::{Path, PathBuf};

/// An input as given.
#[derive(Clone, Debug)]
pub struct Given {
    /// Name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file they came from.
    pub file: Option<PathBuf>,
}

impl Given {
    /// Whether the bytes are a NumPy file.
    pub fn is_npy(&self) -> bool {
        self.file.as_ref().is_some_and(|f| f.extension().is_some_and(|e| e == "npy"))
    }
    /// Where the bytes are from, for messages.
    pub fn origin(&self) -> String {
        match &self.file {
            Some(file) => format!("`{}` (input `{}`)", file.display(), self.name),
            None => format!("the value of input `{}`", self.name),
        }
    }
}

/// Reads all inputs of a command line; a later one of the same name is a mistake.
///
/// # Errors
/// A message for the user: no `=`, a name twice, a file that cannot be read.
pub fn read_all(arguments: &[String]) -> Result<Vec<Given>, String> {
    let mut inputs: Vec<Given> = Vec::new();
    for argument in arguments {
        let Some((name, value)) = argument.split_once('=') else {
            return Err(format!("`--input {argument}` is not of the form NAME=VALUE or NAME=@FILE"));
        };
        if inputs.iter().any(|i| i.name == name) {
            return Err(format!("input `{name}` is given twice"));
        }
        let input = match value.strip_prefix('@') {
            Some(file) => {
                let bytes = fs::read(file).map_err(|e| cannot_read(Path::new(file), name, &e))?;
                Given { name: name.to_string(), bytes, file: Some(PathBuf::from(file)) }
            }
            None => Given { name: name.to_string(), bytes: value.as_bytes().to_vec(), file: None },
        };
        inputs.push(input);
    }
    Ok(inputs)
}

fn cannot_read(file: &Path, name: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("input `{name}`: there is no file `{}`", file.display()),
        std::io::ErrorKind::IsADirectory => format!("input `{name}`: `{}` is a folder", file.display()),
        _ => format!("input `{name}`: cannot read `{}`: {error}", file.display()),
    }
}

/// Puts what was given in the order of the entry's inputs.
///
/// # Errors
/// A message that names what is missing or unknown, and lists what there is.
pub fn match_names(given: Vec<Given>, wanted: &[(String, String)]) -> Result<Vec<Given>, String> {
    let known = || {
        if wanted.is_empty() {
            return "the program takes no inputs".to_string();
        }
        let list: Vec<String> = wanted.iter().map(|(name, ty)| format!("`{name}`: {ty}")).collect();
        format!("the inputs are {}", list.join(", "))
    };
    for input in &given {
        if !wanted.iter().any(|(name, _)| *name == input.name) {
            return Err(format!("there is no input `{}`; {}", input.name, known()));
        }
    }
    let missing: Vec<String> = wanted
        .iter()
        .filter(|(name, _)| !given.iter().any(|i| i.name == *name))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if !missing.is_empty() {
        let plural = if missing.len() == 1 { "input" } else { "inputs" };
        return Err(format!(
            "{plural} {} not given (use --input NAME=VALUE or NAME=@FILE); {}",
            missing.join(", "),
            known()
        ));
    }
    let position = |input: &Given| wanted.iter().position(|(name, _)| *name == input.name);
    let mut given = given;
    given.sort_by_key(position);
    Ok(given)
}

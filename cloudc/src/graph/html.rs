//! A picture as a page of its own: drag to move, wheel to zoom, click a task to see its source.

use std::collections::BTreeMap;

use serde::Serialize;

use super::picture::Picture;
use super::{layout, svg};
use crate::front::Front;

#[derive(Serialize)]
struct Data {
    /// For each node its file and line.
    places: Vec<Option<(String, usize)>>,
    /// The files by the names that places give them.
    files: BTreeMap<String, String>,
}

/// The page.
pub fn page(picture: &Picture, front: &Front) -> String {
    let places: Vec<_> = picture.nodes.iter().map(|n| n.at.clone()).collect();
    let mut files = BTreeMap::new();
    for (name, _) in places.iter().flatten() {
        if let Some(file) = front.sources.files.iter().find(|f| f.path == *name) {
            files.insert(name.clone(), file.text.to_string());
        }
    }
    // A script ends at the first `</script`, wherever it stands; no JSON needs `<`. The data holds strings and numbers only.
    let data = serde_json::to_string(&Data { places, files }).unwrap_or_default().replace('<', "\\u003c");
    let drawing = svg::draw(picture, &layout::place(picture));
    include_str!("page.html")
        .replace("{{title}}", &svg::escaped(&picture.title))
        .replace("{{drawing}}", &drawing)
        .replace("{{data}}", &data)
}

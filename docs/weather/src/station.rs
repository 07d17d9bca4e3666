//! Stations, and what they report.

/// A station.
pub struct Station {
    pub name: String,
    /// Metres above the sea.
    pub height: f64,
    /// Degrees north.
    pub latitude: f64,
    pub by_the_sea: bool,
}

/// What a station reports for one hour.
pub struct Reading {
    /// Hours since the year began.
    pub hour: u32,
    /// Degrees Celsius.
    pub temperature: f64,
    /// Millimetres.
    pub rain: f64,
    /// Metres a second.
    pub wind: f64,
    /// Where the wind comes from, in degrees.
    pub direction: u32,
}

impl Reading {
    pub fn day(&self) -> usize {
        self.hour as usize / 24
    }
}

/// The stations of the service.
pub fn all() -> Vec<Station> {
    const NAMES: [&str; 12] = [
        "Aldvik", "Brenner", "Corrach", "Dunmore", "Eskdal", "Falmer", "Garvik", "Holm", "Inver", "Jarlsund", "Kinlet",
        "Lorne",
    ];
    let mut stations = Vec::new();
    for (n, name) in NAMES.iter().enumerate() {
        stations.push(Station {
            name: name.to_string(),
            height: ((n * 7919) % 900) as f64,
            latitude: 51.0 + (n % 5) as f64 * 1.7,
            by_the_sea: n % 3 == 0,
        });
    }
    stations
}

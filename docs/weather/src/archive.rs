//! The archive: one line for each hour, `hour;temperature;rain;wind;direction`, some of them damaged.

use crate::station::{Reading, Station};

const HOURS: u32 = 365 * 24;

/// What a station sent in a year. The weather is made up, but the same in every run.
pub fn hourly_reports(station: &Station) -> String {
    let mut random = station.name.bytes().fold(17u64, |seed, byte| seed * 31 + byte as u64);
    let mut text = String::new();
    let mut drift = 0.0;
    for hour in 0..HOURS {
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let noise = (random >> 33) as f64 / (1u64 << 31) as f64 - 0.5;
        drift = drift * 0.98 + noise;
        let temperature = typical(station, hour) + 2.5 * drift;
        let rain = if noise > 0.42 { (noise - 0.42) * 60.0 } else { 0.0 };
        let wind = 4.0 + 3.0 * drift.abs() + if station.by_the_sea { 2.5 } else { 0.0 };
        let direction = (200.0 + 90.0 * drift) as i32;
        if random % 977 == 0 {
            text.push_str("### line lost ###\n");
        } else {
            let direction = direction.rem_euclid(360);
            text.push_str(&format!("{hour};{temperature:.1};{rain:.1};{wind:.1};{direction}\n"));
        }
    }
    text
}

/// What one expects there at that hour: a wave for the year and one for the day.
fn typical(station: &Station, hour: u32) -> f64 {
    let season = wave((hour as f64 / 24.0 - 110.0) / 365.0);
    let time = wave((hour % 24) as f64 / 24.0 - 0.35);
    let swing = if station.by_the_sea { 6.5 } else { 10.0 };
    22.0 - 0.25 * (station.latitude - 50.0) - station.height * 0.0065 + swing * season - 9.0 + 4.0 * time
}

/// A wave of period 1 between -1 and 1, made of two parabolas.
fn wave(x: f64) -> f64 {
    let phase = (x - x.floor()) * 2.0 - 1.0;
    -4.0 * phase * (1.0 - phase.abs())
}

/// The readings of a text, and how many of its lines are none.
pub fn parse(text: &str) -> (Vec<Reading>, usize) {
    let mut readings = Vec::new();
    let mut unreadable = 0;
    for line in text.lines() {
        match parse_line(line) {
            Some(reading) => readings.push(reading),
            None => unreadable += 1,
        }
    }
    (readings, unreadable)
}

fn parse_line(line: &str) -> Option<Reading> {
    let mut fields = line.split(';');
    let reading = Reading {
        hour: fields.next()?.parse().ok()?,
        temperature: fields.next()?.parse().ok()?,
        rain: fields.next()?.parse().ok()?,
        wind: fields.next()?.parse().ok()?,
        direction: fields.next()?.parse().ok()?,
    };
    if fields.next().is_none() && reading.direction < 360 { Some(reading) } else { None }
}

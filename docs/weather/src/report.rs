//! The report.

use crate::climate::{Climate, HeatWave, month_of};
use crate::station::{Reading, Station};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn heading(stations: &[Station], readings: &[Vec<Reading>], unreadable: usize) {
    let hours: usize = readings.iter().map(Vec::len).sum();
    println!("THE YEAR AT {} STATIONS: {hours} hours read, {unreadable} lost", stations.len());
}

/// A line for each station: its month by month means, the year's rain, the coldest night.
pub fn temperatures(stations: &[Station], climates: &[Climate]) {
    println!("\n{:10}{}   rain  coldest", "", MONTHS.map(|m| format!("{m:>6}")).concat());
    for (station, climate) in stations.iter().zip(climates) {
        let mut line = format!("{:10}", station.name);
        for month in 0..12 {
            line.push_str(&format!("{:6.1}", month_mean(climate, month)));
        }
        let rain: f64 = climate.rain.iter().sum();
        let coldest = climate.lowest.iter().copied().fold(f64::MAX, f64::min);
        println!("{line} {rain:6.0} {coldest:8.1}");
    }
}

fn month_mean(climate: &Climate, month: usize) -> f64 {
    let days: Vec<f64> = (0..climate.means.len())
        .filter(|day| month_of(*day) == month)
        .map(|day| climate.means[day])
        .collect();
    days.iter().sum::<f64>() / days.len().max(1) as f64
}

/// The hottest hour, the wettest hour and the strongest wind of all stations; the first of equals.
pub fn records(stations: &[Station], readings: &[Vec<Reading>]) {
    println!();
    let all = || stations.iter().zip(readings);
    record("hottest", "°", all(), |r| r.temperature);
    record("wettest", " mm", all(), |r| r.rain);
    record("windiest", " m/s", all(), |r| r.wind);
}

fn record<'a>(
    title: &str,
    unit: &str,
    all: impl Iterator<Item = (&'a Station, &'a Vec<Reading>)>,
    value: impl Fn(&Reading) -> f64,
) {
    let mut best = f64::MIN;
    let mut place = String::new();
    for (station, readings) in all {
        for reading in readings {
            if value(reading) > best {
                best = value(reading);
                place = format!("{}, {}", station.name, date(reading.day()));
            }
        }
    }
    println!("{title:9} {best:6.1}{unit} at {place}");
}

fn date(day: usize) -> String {
    let month = month_of(day);
    format!("{} {}", MONTHS[month], day - month * 365 / 12 + 1)
}

pub fn heat(stations: &[Station], waves: &[Vec<HeatWave>]) {
    println!();
    for (station, waves) in stations.iter().zip(waves) {
        let Some(longest) = longest(waves) else { continue };
        println!(
            "{:10} heat waves: {}, the longest {} days from {} with up to {:.1}°",
            station.name,
            waves.len(),
            longest.days,
            date(longest.first_day),
            longest.highest
        );
    }
}

fn longest(waves: &[HeatWave]) -> Option<&HeatWave> {
    waves.iter().max_by_key(|w| w.days)
}

/// Where the wind comes from, in parts of a hundred.
pub fn wind(stations: &[Station], roses: &[[u32; 8]]) {
    println!("\n{:10}     N    NE     E    SE     S    SW     W    NW", "wind from");
    for (station, rose) in stations.iter().zip(roses) {
        let total: u32 = rose.iter().sum();
        let shares: String =
            rose.iter().map(|n| format!("{:5}%", n * 100 / total.max(1))).collect();
        println!("{:10}{shares}", station.name);
    }
}

pub fn pairs(stations: &[Station], alike: &[(usize, usize, f64)]) {
    println!("\nmost alike");
    for (a, b, likeness) in alike.iter().take(5) {
        println!("{:10} {:10} {likeness:.4}", stations[*a].name, stations[*b].name);
    }
}

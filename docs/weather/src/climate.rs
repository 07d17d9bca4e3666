//! What the readings of a year say.

use crate::station::Reading;

/// The year of one station, day by day.
pub struct Climate {
    /// Mean temperature of each day; that of the day before where nothing was read.
    pub means: Vec<f64>,
    pub highest: Vec<f64>,
    pub lowest: Vec<f64>,
    /// Rain of each month, in millimetres.
    pub rain: [f64; 12],
}

/// Days on which it stayed hot.
pub struct HeatWave {
    pub first_day: usize,
    pub days: usize,
    pub highest: f64,
}

pub fn of_year(readings: &[Reading]) -> Climate {
    let days = readings.last().map_or(0, |r| r.day() + 1);
    let mut sums = vec![0.0; days];
    let mut counts = vec![0u32; days];
    let mut highest = vec![f64::MIN; days];
    let mut lowest = vec![f64::MAX; days];
    let mut rain = [0.0; 12];
    for reading in readings {
        let day = reading.day();
        sums[day] += reading.temperature;
        counts[day] += 1;
        highest[day] = reading.temperature.max(highest[day]);
        lowest[day] = reading.temperature.min(lowest[day]);
        rain[month_of(day)] += reading.rain;
    }
    let mut means = Vec::with_capacity(days);
    let mut before = 0.0;
    for (sum, count) in sums.iter().zip(&counts) {
        if *count > 0 {
            before = sum / *count as f64;
        }
        means.push(before);
    }
    Climate { means, highest, lowest, rain }
}

/// The month of a day of the year, both from 0; months are taken to be of equal length.
pub fn month_of(day: usize) -> usize {
    (day * 12 / 365).min(11)
}

/// Runs of at least three days that reached a temperature.
pub fn heat_waves(climate: &Climate, hot: f64) -> Vec<HeatWave> {
    let mut waves = Vec::new();
    let mut start = 0;
    while start < climate.highest.len() {
        let days = climate.highest[start..].iter().take_while(|t| **t >= hot).count();
        if days >= 3 {
            let highest = climate.highest[start..start + days].iter().copied().fold(f64::MIN, f64::max);
            waves.push(HeatWave { first_day: start, days, highest });
        }
        start += days + 1;
    }
    waves
}

/// How often the wind came from each of eight directions, north first.
pub fn wind_rose(readings: &[Reading]) -> [u32; 8] {
    let mut rose = [0; 8];
    for reading in readings.iter().filter(|r| r.wind >= 1.0) {
        rose[(reading.direction as usize * 8 + 180) / 360 % 8] += 1;
    }
    rose
}

/// Every pair of stations with how alike their days were, most alike first.
pub fn most_alike(climates: &[Climate]) -> Vec<(usize, usize, f64)> {
    let mut pairs = Vec::new();
    for a in 0..climates.len() {
        for b in a + 1..climates.len() {
            pairs.push((a, b, likeness(&climates[a], &climates[b])));
        }
    }
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)).then(x.1.cmp(&y.1)));
    pairs
}

/// The best correlation of the days of two stations, one of them shifted by at most ten days.
fn likeness(a: &Climate, b: &Climate) -> f64 {
    (0..=10).map(|shift| correlation(&a.means[shift..], &b.means)).fold(f64::MIN, f64::max)
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    let mean_a = a.iter().sum::<f64>() / n as f64;
    let mean_b = b.iter().sum::<f64>() / n as f64;
    let (mut both, mut only_a, mut only_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        both += (x - mean_a) * (y - mean_b);
        only_a += (x - mean_a) * (x - mean_a);
        only_b += (y - mean_b) * (y - mean_b);
    }
    both / (only_a * only_b).sqrt()
}

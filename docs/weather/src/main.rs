//! Reads the hourly reports of weather stations and writes what a newspaper would want to know about the year.

mod archive;
mod climate;
mod report;
mod station;

use climate::Climate;
use station::Reading;

fn main() {
    let stations = station::all();
    let texts: Vec<String> = stations.iter().map(archive::hourly_reports).collect();
    let parsed: Vec<(Vec<Reading>, usize)> = texts.iter().map(|text| archive::parse(text)).collect();
    let unreadable: usize = parsed.iter().map(|(_, unreadable)| unreadable).sum();
    let readings: Vec<Vec<Reading>> = parsed.into_iter().map(|(readings, _)| readings).collect();

    let climates: Vec<Climate> = readings.iter().map(|r| climate::of_year(r)).collect();
    let alike = climate::most_alike(&climates);
    let waves: Vec<_> = climates.iter().map(|c| climate::heat_waves(c, 26.0)).collect();
    let roses: Vec<[u32; 8]> = readings.iter().map(|r| climate::wind_rose(r)).collect();

    report::heading(&stations, &readings, unreadable);
    report::temperatures(&stations, &climates);
    report::records(&stations, &readings);
    report::heat(&stations, &waves);
    report::wind(&stations, &roses);
    report::pairs(&stations, &alike);
}

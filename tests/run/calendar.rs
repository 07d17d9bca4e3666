// Dates: checked construction, arithmetic through day numbers, ranges that iterate both ways, months as text, parsing, durations.
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::ops::{Add, AddAssign, RangeInclusive, Sub};
use std::str::FromStr;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Date {
    year: i32,
    month: u8,
    day: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Debug, PartialEq, Eq)]
enum DateError {
    Month(u8),
    Day { day: u8, last: u8 },
    Syntax(String),
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    fn new(year: i32, month: u8, day: u8) -> Result<Date, DateError> {
        if !(1..=12).contains(&month) {
            return Err(DateError::Month(month));
        }
        match days_in(year, month) {
            last if day == 0 || day > last => Err(DateError::Day { day, last }),
            _ => Ok(Date { year, month, day }),
        }
    }

    /// Days since the first of March of the year 0.
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let day = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day
    }

    fn from_number(n: i64) -> Date {
        let era = n.div_euclid(146_097);
        let rest = n.rem_euclid(146_097);
        let of_era = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
        let of_year = rest - (365 * of_era + of_era / 4 - of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = of_era + era * 400 + i64::from(month <= 2);
        Date { year: year as i32, month: month as u8, day: day as u8 }
    }

    fn weekday(self) -> Weekday {
        use Weekday::*;
        [Wednesday, Thursday, Friday, Saturday, Sunday, Monday, Tuesday][self.number().rem_euclid(7) as usize]
    }

    fn day_of_year(self) -> u16 {
        (1..self.month).map(|m| u16::from(days_in(self.year, m))).sum::<u16>() + u16::from(self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || DateError::Syntax(text.to_string());
        if let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] {
            return Date::new(
                year.parse().map_err(|_| bad())?,
                month.parse().map_err(|_| bad())?,
                day.parse().map_err(|_| bad())?,
            );
        }
        let mut words = text.split_ascii_whitespace();
        let (Some(day), Some(month), Some(year), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(bad());
        };
        let month = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month)).ok_or_else(bad)?;
        let day = day.trim_end_matches('.').parse().or(Err(bad()))?;
        Date::new(year.parse().or(Err(bad()))?, month as u8 + 1, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            write!(
                f,
                "{:?}, {} {} {}",
                self.weekday(),
                self.day,
                MONTHS[usize::from(self.month) - 1],
                self.year
            )
        } else {
            write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
        }
    }
}

impl Add<i64> for Date {
    type Output = Date;
    fn add(self, days: i64) -> Date {
        Date::from_number(self.number() + days)
    }
}

impl AddAssign<Duration> for Date {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + (duration.as_secs() / 86_400) as i64;
    }
}

impl Sub for Date {
    type Output = i64;
    fn sub(self, other: Date) -> i64 {
        self.number() - other.number()
    }
}

struct Days(RangeInclusive<i64>);

impl Iterator for Days {
    type Item = Date;
    fn next(&mut self) -> Option<Date> {
        self.0.next().map(Date::from_number)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Days {
    fn next_back(&mut self) -> Option<Date> {
        self.0.next_back().map(Date::from_number)
    }
}

fn days(range: RangeInclusive<Date>) -> Days {
    Days(range.start().number()..=range.end().number())
}

fn month(year: i32, month: u8) -> Result<String, DateError> {
    let first = Date::new(year, month, 1)?;
    let mut text =
        format!("{:^20}\nMo Tu We Th Fr Sa Su\n", format!("{} {year}", MONTHS[usize::from(month) - 1]));
    let _ = write!(text, "{:1$}", "", first.weekday() as usize * 3);
    for date in days(first..=first + (i64::from(days_in(year, month)) - 1)) {
        let end = if date.weekday() == Weekday::Sunday { '\n' } else { ' ' };
        let _ = write!(text, "{:>2}{end}", date.day);
    }
    Ok(text.trim_end().to_owned())
}

fn main() {
    println!("{}", month(2024, 2).unwrap());
    println!("{:?}", month(2024, 13));
    for text in
        ["2000-02-29", "1900-02-29", "29. feb 2024", "1 Foo 2024", "2024-1-32", "today", "1-2", "-1-03-01"]
    {
        match text.parse::<Date>() {
            Ok(date) => println!("{date} {date:#} {} {}", date.day_of_year(), date.number()),
            Err(e) => println!("{text}: {e:?}"),
        }
    }
    let start: Date = "1999-12-30".parse().unwrap();
    println!("{}", days(start..=start + 3).map(|d| d.to_string()).collect::<Vec<_>>().join(" "));
    println!("{:?}", days(start..=start + 400).rev().find(|d| d.day == 29 && d.month == 2));
    println!(
        "{} {}",
        Date::new(2024, 3, 1).unwrap() - start,
        (0..200_000).step_by(997).all(|n| Date::from_number(n).number() == n)
    );
    let mut fridays: BTreeMap<u8, Vec<i32>> = BTreeMap::new();
    for year in 2020..=2026 {
        for month in
            (1..=12).filter(|m| Date::new(year, *m, 13).is_ok_and(|d| d.weekday() == Weekday::Friday))
        {
            fridays.entry(month).or_default().push(year);
        }
    }
    println!("{fridays:?}");
    let mut date = start;
    date += Duration::from_secs(3 * 86_400 + 5) * 2;
    println!("{date} {:?} {:?}", date.weekday().max(Weekday::Friday), start.cmp(&date));
}

// Text processing: CSV with quotes, INI files, a template engine, word wrapping, Roman numerals, number words, anagrams, diffs of lines.
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

fn parse_csv(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut rows = vec![];
    let mut row = vec![];
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    let mut line = 1;
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut field)),
            ('\n', false) => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
                line += 1;
            }
            (c, _) => field.push(c),
        }
    }
    if quoted {
        return Err(format!("line {line}: quote is not closed"));
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    Ok(rows)
}

type Section<'a> = BTreeMap<&'a str, &'a str>;

fn parse_ini(text: &str) -> BTreeMap<&str, Section<'_>> {
    let mut sections = BTreeMap::<&str, Section>::new();
    let mut current = "";
    for line in text.lines().map(|l| l.split('#').next().unwrap_or(l).trim()) {
        if line.is_empty() {
            continue;
        } else if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            current = name;
        } else if let Some((key, value)) = line.split_once('=') {
            sections.entry(current).or_default().insert(key.trim_end(), value.trim_start());
        }
    }
    sections
}

fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '>', '&']) {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '<' => out += "&lt;",
                '>' => out += "&gt;",
                '&' => out += "&amp;",
                c => out.push(c),
            }
        }
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

fn render(template: &str, values: &HashMap<&str, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        out.push_str(&rest[..start]);
        let after = &rest[start + 2..];
        let end = after.find("}}").ok_or_else(|| format!("unclosed at byte {}", template.len() - after.len()))?;
        let name = after[..end].trim();
        match name.split_once('|').map(|(n, f)| (n.trim(), f.trim())) {
            Some((name, filter)) => {
                let value = values.get(name).ok_or(format!("no {name}"))?;
                out += &match filter {
                    "upper" => value.to_uppercase(),
                    "len" => value.chars().count().to_string(),
                    "title" => value.split(' ').map(title).collect::<Vec<_>>().join(" "),
                    f => return Err(format!("no filter {f}")),
                };
            }
            None => out.push_str(values.get(name).map(String::as_str).ok_or(format!("no {name}"))?),
        }
        rest = &after[end + 2..];
    }
    Ok(out + rest)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    text.split_whitespace().fold(vec![String::new()], |mut lines, word| {
        let last = lines.last_mut().expect("there is a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= width {
            let _ = write!(last, " {word}");
        } else {
            lines.push(word.to_string());
        }
        lines
    })
}

const ROMAN: &[(u32, &str)] = &[
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
];
fn to_roman(mut n: u32) -> String {
    ROMAN.iter().fold(String::new(), |mut s, &(value, numeral)| {
        s.push_str(&numeral.repeat((n / value) as usize));
        n %= value;
        s
    })
}
fn from_roman(s: &str) -> Option<u32> {
    let value = |c| Some(match c { 'I' => 1, 'V' => 5, 'X' => 10, 'L' => 50, 'C' => 100, 'D' => 500, 'M' => 1000, _ => return None });
    let digits = s.chars().map(value).collect::<Option<Vec<u32>>>()?;
    Some(digits.iter().zip(digits.iter().skip(1).chain([&0])).fold(0, |n, (d, next)| if d < next { n - *d as i32 } else { n + *d as i32 }) as u32)
}

fn words(n: u64) -> String {
    const ONES: [&str; 20] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match n {
        0..=19 => ONES[n as usize].to_string(),
        20..=99 if n % 10 == 0 => TENS[n as usize / 10 - 2].into(),
        20..=99 => format!("{}-{}", TENS[n as usize / 10 - 2], ONES[n as usize % 10]),
        _ => {
            let (size, name) = [(1_000_000_000u64, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")]
                .into_iter()
                .find(|(size, _)| n >= *size)
                .unwrap();
            let rest = if n % size > 0 { " ".to_owned() + &words(n % size) } else { String::new() };
            format!("{} {name}{rest}", words(n / size))
        }
    }
}

fn anagrams<'w>(list: &[&'w str]) -> Vec<BTreeSet<&'w str>> {
    let mut groups: HashMap<Vec<char>, BTreeSet<&str>> = HashMap::new();
    for word in list {
        let mut key: Vec<char> = word.to_lowercase().chars().collect();
        key.sort();
        groups.entry(key).or_default().insert(word);
    }
    let mut found: Vec<_> = groups.into_values().filter(|g| g.len() > 1).collect();
    found.sort();
    found
}

fn main() {
    println!("{:?}", parse_csv("name,says\n\"Smith, J\",\"\"\"hi\"\"\"\nx,\"two\nlines\""));
    println!("{:?}", parse_csv("a\n\"b"));
    println!("{:#?}", parse_ini("top = 1\n[server] # main\nhost= example.org\nport =80\n\n[client]\n"));
    for t in ["a < b && c > d", "plain"] {
        let e = escape(t);
        println!("{e} {}", matches!(e, Cow::Borrowed(_)));
    }
    let values = HashMap::from([("name", "ada lovelace".to_string()), ("n", 3.to_string())]);
    for t in ["Hello {{name|title}}, {{ n }}!", "{{ name | len }}{{name|upper}}", "{{oops", "{{who}}", "{{n|x}}"] {
        println!("{:?}", render(t, &values));
    }
    for line in wrap("The quick brown fox jumps over the lazy dog, naïvely", 15) {
        println!("|{line:^15}|");
    }
    for n in [1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999] {
        print!("{}={} ", to_roman(n), from_roman(&to_roman(n)).unwrap());
    }
    println!("{:?}", from_roman("MCQ"));
    for n in [0, 13, 20, 42, 100, 115, 1000, 12_345, 1_000_001, 7_000_000_000] {
        println!("{n:>13} {}", words(n));
    }
    println!("{:?}", anagrams(&["listen", "Silent", "enlist", "google", "elgoog", "abc"]));
}

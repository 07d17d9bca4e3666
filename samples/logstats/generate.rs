//! Makes an access log: `cloudc run samples/logstats/generate.rs --input lines=500000 --output result=access.log`

const PATHS: [&str; 8] =
    ["/", "/index.html", "/about", "/docs/guide", "/docs/reference", "/img/logo.png", "/search?q=rust", "/old"];

/// Lines in the common log format; a few are cut off.
pub fn log(lines: usize) -> String {
    let mut state = 1234567u64;
    let mut log = String::new();
    for i in 0..lines {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let r = state >> 33;
        let path = PATHS[(r % 8).min(r / 8 % 8) as usize];
        let status = if path == "/old" { 301 } else if r % 50 == 0 { 404 } else { 200 };
        let seconds = i * 86_400 / lines;
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if r % 997 == 0 {
            log.push_str("10.0.0.1 - - [10/Oct/2025\n");
            continue;
        }
        let size = if status == 301 { "-".to_string() } else { format!("{}", r % 9000 + 120) };
        log.push_str(&format!(
            "10.{}.{}.{} - - [10/Oct/2025:{h:02}:{m:02}:{s:02} +0000] \"GET {path} HTTP/1.1\" {status} {size}\n",
            r % 7,
            r / 7 % 200,
            r / 1400 % 250
        ));
    }
    log
}

//! Draws spheres that mirror each other over a chequered floor, as a PPM picture.

use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy)]
struct Vector {
    x: f64,
    y: f64,
    z: f64,
}

impl Add for Vector {
    type Output = Vector;
    fn add(self, o: Vector) -> Vector {
        Vector { x: self.x + o.x, y: self.y + o.y, z: self.z + o.z }
    }
}

impl Sub for Vector {
    type Output = Vector;
    fn sub(self, o: Vector) -> Vector {
        Vector { x: self.x - o.x, y: self.y - o.y, z: self.z - o.z }
    }
}

impl Mul<f64> for Vector {
    type Output = Vector;
    fn mul(self, k: f64) -> Vector {
        Vector { x: self.x * k, y: self.y * k, z: self.z * k }
    }
}

impl Vector {
    fn dot(self, o: Vector) -> f64 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
    fn unit(self) -> Vector {
        self * (1.0 / self.dot(self).sqrt())
    }
}

struct Sphere {
    centre: Vector,
    radius: f64,
    colour: Vector,
    mirror: f64,
}

struct Hit<'s> {
    distance: f64,
    sphere: &'s Sphere,
}

/// The picture: a header, then three bytes for each pixel.
pub fn render(width: usize, height: usize) -> Vec<u8> {
    let scene = scene();
    let pixels: Vec<[u8; 3]> = (0..width * height)
        .map(|i| {
            let (column, row) = (i % width, i / width);
            let x = (column as f64 - width as f64 / 2.0) / height as f64;
            let y = (height as f64 / 2.0 - row as f64) / height as f64;
            let eye = Vector { x: 0.0, y: 1.0, z: -4.0 };
            let colour = trace(&scene, eye, Vector { x, y, z: 1.0 }.unit(), 4);
            [byte(colour.x), byte(colour.y), byte(colour.z)]
        })
        .collect();
    let mut picture = format!("P6 {width} {height} 255\n").into_bytes();
    for pixel in &pixels {
        picture.extend(pixel);
    }
    picture
}

fn byte(brightness: f64) -> u8 {
    (brightness.sqrt() * 255.0) as u8
}

/// A spiral of spheres.
fn scene() -> Vec<Sphere> {
    (0..24)
        .map(|i| {
            let turn = i as f64 * 0.7;
            let away = 0.5 + i as f64 * 0.12;
            Sphere {
                centre: Vector { x: away * turn.cos(), y: 0.3 + 0.05 * i as f64, z: 1.5 + away * turn.sin() },
                radius: 0.28,
                colour: Vector {
                    x: 0.4 + 0.6 * (i % 3) as f64 / 2.0,
                    y: 0.4 + 0.6 * (i % 5) as f64 / 4.0,
                    z: 0.9 - 0.5 * (i % 2) as f64,
                },
                mirror: 0.4,
            }
        })
        .collect()
}

/// The light that comes from where the ray goes.
fn trace(scene: &[Sphere], from: Vector, ray: Vector, bounces: u32) -> Vector {
    let Some(hit) = first_hit(scene, from, ray) else { return surroundings(from, ray) };
    let at = from + ray * hit.distance;
    let normal = (at - hit.sphere.centre) * (1.0 / hit.sphere.radius);
    let light = Vector { x: -0.5, y: 0.8, z: -0.4 }.unit();
    let lit = if first_hit(scene, at + normal * 1e-6, light).is_none() { normal.dot(light).max(0.0) } else { 0.0 };
    let own = hit.sphere.colour * (0.1 + 0.8 * lit);
    if bounces == 0 {
        return own;
    }
    let mirrored = ray - normal * (2.0 * ray.dot(normal));
    let other = trace(scene, at + normal * 1e-6, mirrored, bounces - 1);
    own * (1.0 - hit.sphere.mirror) + other * hit.sphere.mirror
}

/// Sky, or the floor at height 0.
fn surroundings(from: Vector, ray: Vector) -> Vector {
    if ray.y >= 0.0 {
        return Vector { x: 0.5, y: 0.7, z: 1.0 } * (0.5 + 0.5 * ray.y);
    }
    let at = from + ray * (-from.y / ray.y);
    let is_dark = ((at.x.floor() + at.z.floor()) as i64).rem_euclid(2) == 0;
    Vector { x: 1.0, y: 1.0, z: 1.0 } * if is_dark { 0.2 } else { 0.7 }
}

fn first_hit<'s>(scene: &'s [Sphere], from: Vector, ray: Vector) -> Option<Hit<'s>> {
    let mut first: Option<Hit<'s>> = None;
    for sphere in scene {
        let to = sphere.centre - from;
        let along = to.dot(ray);
        let inside = sphere.radius * sphere.radius - (to.dot(to) - along * along);
        if inside < 0.0 {
            continue;
        }
        let distance = along - inside.sqrt();
        let is_nearer = match &first {
            Some(hit) => distance < hit.distance,
            None => true,
        };
        if distance > 1e-9 && is_nearer {
            first = Some(Hit { distance, sphere });
        }
    }
    first
}

//! Places as the user wrote them.

use super::MoveCx;
use crate::mir::body::project_ty;
use crate::mir::*;
use crate::ty::{Ty, TyKind};
use crate::typeck::results::{Capture, CaptureProjection};

impl MoveCx<'_, '_> {
    /// The place in source, without quotes; `None` for temporaries.
    pub fn describe(&self, body: &Body, place: &Place) -> Option<String> {
        let (mut text, mut ty, rest) = match self.captured(place) {
            Some((capture, steps)) => {
                let at = Place { local: place.local, projection: place.projection[..steps].to_vec() };
                (self.describe_capture(capture), body.place_ty(&at), &place.projection[steps..])
            }
            None => {
                let decl = &body.locals[place.local];
                (decl.name?.as_str().to_string(), decl.ty, &place.projection[..])
            }
        };
        let mut variant = 0;
        for (i, &step) in rest.iter().enumerate() {
            match step {
                // `(*x).f` is written `x.f`.
                Projection::Deref => {
                    if !matches!(rest.get(i + 1), Some(Projection::Field(..) | Projection::Index(_))) {
                        text = format!("*{text}");
                    }
                }
                Projection::Field(f, _) => {
                    text = format!("{text}.{}", self.field_name(ty, variant, f as usize))
                }
                Projection::Index(_) | Projection::ConstantIndex { .. } => text = format!("{text}[_]"),
                Projection::Subslice { .. } => text = format!("{text}[..]"),
                Projection::Downcast(v) => variant = v as usize,
            }
            if !matches!(step, Projection::Downcast(_)) {
                variant = 0;
            }
            ty = project_ty(ty, step);
        }
        Some(text)
    }

    /// The capture a place of a closure's body stands for, and how many steps of the place lead to it.
    pub fn captured(&self, place: &Place) -> Option<(&Capture, usize)> {
        let (info, _) = self.closure?;
        if place.local != Local(1) {
            return None;
        }
        let mut steps = matches!(place.projection.first(), Some(Projection::Deref)) as usize;
        let Some(Projection::Field(i, _)) = place.projection.get(steps) else { return None };
        steps += 1;
        let capture = info.captures.get(*i as usize)?;
        if matches!(capture.by, crate::typeck::results::CaptureBy::Ref(_))
            && place.projection.get(steps) == Some(&Projection::Deref)
        {
            steps += 1;
        }
        Some((capture, steps))
    }

    /// A captured place in source.
    pub fn describe_capture(&self, capture: &Capture) -> String {
        let mut text = self.hir.locals[capture.local].name.as_str().to_string();
        let mut ty: Option<Ty> = None;
        for (i, step) in capture.projections.iter().enumerate() {
            match step {
                CaptureProjection::Field(f, field_ty) => {
                    let name = ty.map_or_else(|| f.to_string(), |ty| self.field_name(ty, 0, *f));
                    text = format!("{text}.{name}");
                    ty = Some(*field_ty);
                }
                CaptureProjection::Deref(to) => {
                    if !matches!(capture.projections.get(i + 1), Some(CaptureProjection::Field(..))) {
                        text = format!("*{text}");
                    }
                    ty = Some(*to);
                }
            }
        }
        text
    }

    fn field_name(&self, ty: Ty, variant: usize, field: usize) -> String {
        match ty.kind() {
            TyKind::Adt(def, _) => self
                .tcx
                .variants(*def)
                .get(variant)
                .and_then(|v| v.fields.get(field))
                .map_or_else(|| field.to_string(), |f| f.name.as_str().to_string()),
            _ => field.to_string(),
        }
    }
}

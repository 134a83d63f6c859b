//! Small plots, drawn as SVG where the page is made. Their colours are the style sheet's.

use maud::{Markup, html};

/// Bars over time: `(all, of these the dark ones)` a step.
pub fn bars(values: &[(i64, i64)], label: &str) -> Markup {
    let (width, height) = (120.0, 24.0);
    let most = values.iter().map(|(all, _)| *all).max().unwrap_or(0).max(1);
    let step = width / float(i64::try_from(values.len().max(1)).unwrap_or(1));
    let tall = |n: i64| if n == 0 { 0.0 } else { (float(n) / float(most) * height).max(1.0) };
    html! {
        svg class="plot bars" viewBox="0 0 120 24" width="120" height="24" role="img" aria-label=(label) preserveAspectRatio="none" {
            line class="base" x1="0" y1="23.5" x2="120" y2="23.5" {}
            @for (n, (all, dark)) in values.iter().enumerate() {
                @let x = step * float(i64::try_from(n).unwrap_or(0));
                @if *all > 0 { rect class="light" x=(round(x)) y=(round(height - tall(*all))) width=(round((step - 0.8).max(0.6))) height=(round(tall(*all))) {} }
                @if *dark > 0 { rect class="dark" x=(round(x)) y=(round(height - tall(*dark))) width=(round((step - 0.8).max(0.6))) height=(round(tall(*dark))) {} }
            }
        }
    }
}

/// A share of 1 over time; a step of which nothing is known breaks the line.
pub fn line(values: &[Option<f64>], label: &str) -> Markup {
    let (width, height) = (160.0, 28.0);
    let last = values.len().saturating_sub(1).max(1);
    let x = |n: usize| {
        round(
            2.0 + (width - 4.0) * float(i64::try_from(n).unwrap_or(0))
                / float(i64::try_from(last).unwrap_or(1)),
        )
    };
    let y = |share: f64| round(2.0 + (height - 4.0) * (1.0 - share.clamp(0.0, 1.0)));
    let mut runs: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (n, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(share), Some(run)) => run.push((x(n), y(*share))),
            _ => runs.push(Vec::new()),
        }
    }
    html! {
        svg class="plot line" viewBox="0 0 160 28" width="160" height="28" role="img" aria-label=(label) {
            line class="base" x1="0" y1="2" x2="160" y2="2" {}
            line class="base" x1="0" y1="26" x2="160" y2="26" {}
            @for run in runs.iter().filter(|run| !run.is_empty()) {
                @if let [(x, y)] = run.as_slice() { circle class="mark" cx=(x) cy=(y) r="1.6" {} }
                @else { polyline class="mark" points=(run.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")) {} }
            }
        }
    }
}

fn round(value: f64) -> String {
    format!("{value:.1}")
}

#[expect(clippy::cast_precision_loss, reason = "counts of a plot are small")]
fn float(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_much_can_be_drawn() {
        for values in [vec![], vec![(0, 0)], vec![(5, 0), (i64::MAX / 2, 3)]] {
            let svg = bars(&values, "a \"label\"").into_string();
            assert!(svg.contains("aria-label=\"a &quot;label&quot;\"") && !svg.contains("NaN"), "{svg}");
        }
        let svg = line(&[Some(1.0), None, Some(0.5), Some(0.0)], "x").into_string();
        assert!(svg.contains("<circle class=\"mark\" cx=\"2.0\" cy=\"2.0\""), "{svg}");
        assert!(svg.contains("points=\"106.0,14.0 158.0,26.0\""), "{svg}");
        assert!(!line(&[], "x").into_string().contains("mark"));
    }
}

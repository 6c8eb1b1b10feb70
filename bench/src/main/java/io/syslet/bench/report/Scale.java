package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a value lies between two ends: by its logarithm, or from zero on. */
record Scale(double least, double most, double from, double to, boolean isLog) {
  static Scale linear(double most, double from, double to) {
    return new Scale(0, most > 0 ? most : 1, from, to, false);
  }

  /** From a power of ten to a power of ten. */
  static Scale log(double least, double most, double from, double to) {
    double low = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
    double high = Math.pow(10, Math.ceil(Math.log10(Math.max(most, 1e-9))));
    return new Scale(low, high > low ? high : low * 10, from, to, true);
  }

  /** Between just these ends. */
  static Scale logBetween(double least, double most, double from, double to) {
    return new Scale(least, most > least ? most : least * 2, from, to, true);
  }

  double at(double value) {
    double share =
        isLog ? Math.log(Math.max(value, least) / least) / Math.log(most / least) : value / most;
    return from + Math.min(Math.max(share, 0), 1) * (to - from);
  }

  /** Where lines across the plot help the eye. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (isLog) {
      for (double ten = Math.pow(10, Math.floor(Math.log10(least))); ten <= most; ten *= 10) {
        for (double factor : most / least > 100 ? new double[] {1} : new double[] {1, 2, 5}) {
          addIfInside(ticks, ten * factor);
        }
      }
      return ticks;
    }
    double step = Math.pow(10, Math.floor(Math.log10(most)));
    step = most / step < 2 ? step / 2 : most / step < 5 ? step : 2 * step;
    for (int i = 0; i * step <= most * 1.0001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private void addIfInside(List<Double> ticks, double tick) {
    if (tick >= least * 0.9999 && tick <= most * 1.0001) {
      ticks.add(tick);
    }
  }

  /** A number beside a line, in fewer digits still. */
  static String tick(double value) {
    if (value >= 1e6) {
      return label(value / 1e6) + "M";
    }
    return value >= 1e4 ? label(value / 1e3) + "k" : label(value);
  }

  /** A number in few digits. */
  static String label(double value) {
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String plain = String.format(Locale.ROOT, "%.3f", value);
    return plain.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}

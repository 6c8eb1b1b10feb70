package io.syslet.examples.cli;

import io.syslet.KernelStats;
import io.syslet.examples.SerialWalk;
import io.syslet.examples.WalkResult;
import io.syslet.examples.copy.CopyResult;
import io.syslet.examples.sim.SimWalk;
import io.syslet.threads.ThreadletsMXBean;
import java.math.BigInteger;
import java.util.Optional;

/** What a walk found, for a reader and for a program. */
final class WalkReport {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB"};
  private static final double KIB = 1024;
  private static final double NANOS = 1e9;

  private WalkReport() {}

  /** Two lines. */
  static String text(WalkResult r) {
    StringBuilder text = found(r.entries(), r.directories(), r.bytes(), r.errors());
    return calls(text, r.calls(), r.pending(), r.elapsedNanos());
  }

  /** Two lines, for a copy. */
  static String text(CopyResult r) {
    StringBuilder text = new StringBuilder();
    text.append(grouped(r.files())).append(" files, ");
    text.append(grouped(r.directories())).append(" directories, ");
    text.append(grouped(r.others())).append(" others: ");
    text.append(grouped(r.bytes())).append(" bytes");
    size(text, (double) r.bytes());
    if (r.errors() > 0) {
      text.append("; ").append(grouped(r.errors())).append(" could not be copied");
    }
    return calls(text.append('\n'), r.calls(), r.pending(), r.elapsedNanos());
  }

  /** A line, for the beginnings of files. */
  static String heads(long files, long bytes, long errors, long nanos) {
    StringBuilder text = new StringBuilder();
    text.append(grouped(files)).append(" files, ").append(grouped(bytes)).append(" bytes read");
    size(text, (double) bytes);
    if (errors > 0) {
      text.append("; ").append(grouped(errors)).append(" could not be read");
    }
    return text.append(": ").append(decimal(nanos / NANOS, 1000)).append(" s\n").toString();
  }

  private static String calls(StringBuilder text, long calls, long pending, long nanos) {
    text.append(grouped(calls)).append(" calls, ");
    text.append(grouped(pending)).append(" of which blocked: ");
    return text.append(decimal(nanos / NANOS, 1000)).append(" s\n").toString();
  }

  /** Two lines, for a walk by threadlets; the figures are none if they were the JDK's threads. */
  static String text(SerialWalk r, Optional<ThreadletsMXBean> figures, long nanos) {
    StringBuilder text =
        found(r.entries(), r.directories(), BigInteger.valueOf(r.bytes()), r.errors());
    text.append(grouped(r.directories() + 1)).append(" threadlets, ");
    text.append(grouped(blocked(figures))).append(" times one of them blocked: ");
    text.append(decimal(nanos / NANOS, 1000)).append(" s\n");
    return text.toString();
  }

  private static long blocked(Optional<ThreadletsMXBean> figures) {
    return figures.map(ThreadletsMXBean::getReplacements).orElse(0L);
  }

  private static StringBuilder found(
      long entries, long directories, BigInteger bytes, long errors) {
    StringBuilder text = new StringBuilder();
    text.append(grouped(entries)).append(" entries, ");
    text.append(grouped(directories)).append(" of them directories: ");
    text.append(grouped(bytes.toString())).append(" bytes");
    size(text, bytes.doubleValue());
    if (errors > 0) {
      text.append("; ").append(grouped(errors)).append(" could not be read");
    }
    return text.append('\n');
  }

  private static void size(StringBuilder text, double bytes) {
    if (bytes >= KIB) {
      text.append(" (").append(scaled(bytes)).append(')');
    }
  }

  /** One object, one line, for a walk by threadlets. */
  static String json(SerialWalk r, Optional<ThreadletsMXBean> figures, long nanos) {
    StringBuilder json = new StringBuilder("{");
    field(json, "entries", r.entries());
    field(json, "directories", r.directories());
    field(json, "bytes", r.bytes());
    field(json, "errors", r.errors());
    field(json, "threadlets", r.directories() + 1);
    field(json, "blocked", blocked(figures));
    field(json, "workers", figures.map(ThreadletsMXBean::getMostWorkers).orElse(0));
    return json.append("\"elapsed_ns\": ").append(nanos).append("}\n").toString();
  }

  /**
   * One object, one line.
   *
   * @param socketMessages sent to a server and got from it, if the walk went through one.
   */
  static String json(WalkResult r, KernelStats kernel, long socketMessages) {
    StringBuilder json = begin(r, kernel);
    field(json, "socket_messages", socketMessages);
    return end(json, r, kernel);
  }

  /** One object, one line, for a walk over a simulated tree. */
  static String json(SimWalk walk) {
    StringBuilder json = begin(walk.found(), walk.stats());
    field(json, "virtual_ns", walk.virtualNanos());
    field(json, "reads", walk.reads());
    field(json, "seek_ns", walk.seekNanos());
    field(json, "bound_ns", walk.boundNanos());
    json.append("\"trace_sha256\": \"").append(walk.sha256()).append("\", ");
    return end(json, walk.found(), walk.stats());
  }

  private static StringBuilder begin(WalkResult r, KernelStats kernel) {
    StringBuilder json = new StringBuilder("{");
    field(json, "entries", r.entries());
    field(json, "directories", r.directories());
    field(json, "bytes", r.bytes().toString());
    field(json, "errors", r.errors());
    field(json, "calls", r.calls());
    field(json, "completed_inline", r.completedInline());
    field(json, "pending", r.pending());
    field(json, "missed", kernel.missed());
    field(json, "max_in_flight", kernel.maxInFlight());
    field(json, "workers", kernel.workers());
    field(json, "pinned", kernel.pinned());
    field(json, "no_spare", kernel.noSpare());
    field(json, "false_hand_overs", kernel.falseHandOvers());
    return json;
  }

  private static String end(StringBuilder json, WalkResult r, KernelStats kernel) {
    field(json, "elapsed_ns", r.elapsedNanos());
    return json.append("\"detector\": \"").append(kernel.detector()).append("\"}\n").toString();
  }

  private static void field(StringBuilder json, String name, long value) {
    field(json, name, Long.toString(value));
  }

  private static void field(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\": ").append(value).append(", ");
  }

  /** 1234567 as 1,234,567. */
  static String grouped(long value) {
    return grouped(Long.toString(value));
  }

  private static String grouped(String number) {
    StringBuilder digits = new StringBuilder(number);
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  /** 1536 as 1.5 KiB. */
  private static String scaled(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= KIB && unit < UNITS.length - 1) {
      value /= KIB;
      unit++;
    }
    return decimal(value, 10) + " " + UNITS[unit];
  }

  private static String decimal(double value, double precision) {
    return Double.toString(Math.round(value * precision) / precision);
  }
}

package io.syslet.examples.doctor;

/**
 * What was found out about one thing.
 *
 * @param name of the thing.
 * @param grade how it is.
 * @param found what there is, in a few words.
 * @param cost what it costs that it is not better; empty where it is well.
 * @param advice what to do about it; empty where nothing can or need be done.
 */
public record Finding(String name, Grade grade, String found, String cost, String advice) {
  /** How a thing is. */
  public enum Grade {
    /** As it should be. */
    OK,
    /** As it should be, but there is something to know. */
    NOTE,
    /** Programs run without it, and slower. */
    DEGRADED,
    /** Programs do not run without it. */
    MISSING
  }

  /** As it should be. */
  static Finding ok(String name, String found) {
    return new Finding(name, Grade.OK, found, "", "");
  }

  /** Well if a condition holds, and otherwise of another grade. */
  static Finding of(
      String name, boolean well, Grade otherwise, String found, String cost, String advice) {
    return well ? ok(name, found) : new Finding(name, otherwise, found, cost, advice);
  }
}
